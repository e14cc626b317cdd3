//! What code finds of Node: forms, modules, languages (connector.md 18.8).

use crate::{data, eval};

async fn all(cases: &[(&str, &str)]) {
    for (expression, expected) in cases {
        assert_eq!(eval(expression).await, *expected, "{expression}");
    }
}

#[tokio::test]
async fn forms_go_both_ways() {
    all(&[
        (
            "(() => { const f = new FormData(); f.append('a', 1); f.append('a', 'x'); f.set('b', new Blob(['hi'], { type: 'text/CSV' }), 'h.csv'); f.set('a', 'y'); f.delete('none');
              return [[...f.keys()], f.get('a'), f.getAll('a').length, f.has('b'), f.get('b').name, f.get('b').type, f.get('none')] })()",
            r#"[["a","b"],"y",1,true,"h.csv","text/csv",null]"#,
        ),
        (
            "(async () => { const f = new FormData(); f.append('na\"me', 'ž\\n'); f.append('f', new File([new Uint8Array([0, 255])], 'a.bin'));
              const r = new Request('https://a.example', { method: 'POST', body: f }); const type = r.headers.get('content-type'), text = Buffer.from(await r.clone().bytes()).toString('latin1');
              const back = await r.formData();
              return [type.replace(/----.*/, '#'), text.replaceAll(type.split('boundary=')[1], '#'), back.get('na\"me'), back.get('f').name, back.get('f').type, [...await back.get('f').bytes()]] })()",
            "[\"multipart/form-data; boundary=#\",\"--#\\r\\ncontent-disposition: form-data; name=\\\"na%22me\\\"\\r\\n\\r\\nÅ¾\\r\\n\\r\\n--#\\r\\ncontent-disposition: form-data; name=\\\"f\\\"; filename=\\\"a.bin\\\"\\r\\ncontent-type: application/octet-stream\\r\\n\\r\\n\\u0000ÿ\\r\\n--#--\\r\\n\",\"ž\\r\\n\",\"a.bin\",\"application/octet-stream\",[0,255]]",
        ),
        ("new Response(new URLSearchParams({ a: 'b c' })).formData().then((f) => [...f])", r#"[["a","b c"]]"#),
        (
            "new Response('x').formData().catch((e) => e.message)",
            "\"The body is no form: its type is text/plain;charset=UTF-8\"",
        ),
        (
            "(async () => { const b = new Blob(['ab', new Uint8Array([99]), new Blob(['d'])]); return [b.size, await b.text(), await b.slice(1, 3).text(), (await b.arrayBuffer()).byteLength, await (await new Response(b).blob()).text()] })()",
            r#"[4,"abcd","bc",4,"abcd"]"#,
        ),
    ])
    .await;
}

#[tokio::test]
async fn paths_are_those_of_posix() {
    all(&[
        ("require('path').join('/a', '..', 'b', './c.txt')", "\"/b/c.txt\""),
        ("require('path').normalize('a//b/../../../c/')", "\"../c/\""),
        ("require('path').resolve('a', '/b', 'c/..')", "\"/b\""),
        ("['/a/b.tar.gz', '/', 'x', '.env', 'a/..', ''].map((p) => [require('path').dirname(p), require('path').basename(p), require('path').extname(p)])",
         r#"[["/a","b.tar.gz",".gz"],["/","",""],[".","x",""],[".",".env",""],["a","..",""],[".","",""]]"#),
        ("require('path').basename('/a/b.txt', '.txt') + require('path').relative('/a/b/c', '/a/d')", "\"b../../d\""),
        ("require('path').parse('/data/u/f.txt')", r#"{"root":"/","dir":"/data/u","base":"f.txt","ext":".txt","name":"f"}"#),
        ("require('node:path').posix.format({ dir: '/x', name: 'y', ext: 'z' })", "\"/x/y.z\""),
    ])
    .await;
}

#[tokio::test]
async fn modules_of_node_do_their_work() {
    all(&[
        (
            "(() => { const E = require('events'); const e = new E(); const got = []; e.on('a', (x) => got.push(x)); e.once('a', (x) => got.push(-x)); e.prependListener('a', () => got.push('first'));
              return [e.emit('a', 1), e.emit('a', 2), e.emit('b'), e.listenerCount('a'), got, e.eventNames(), e instanceof E.EventEmitter] })()",
            r#"[true,true,false,2,["first",1,-1,"first",2],["a"],true]"#,
        ),
        ("(() => { const e = new (require('events'))(); try { e.emit('error', new TypeError('x')) } catch (x) { return x.name } })()", "\"TypeError\""),
        ("(() => { const E = require('events'); const e = new E(); setTimeout(() => e.emit('done', 5), 1); return E.once(e, 'done') })()", "[5]"),
        (
            "(() => { const { StringDecoder } = require('string_decoder'); const d = new StringDecoder('utf8'), b = Buffer.from('€'); return [d.write(b.subarray(0, 1)), d.write(b.subarray(1)), d.end(b.subarray(0, 2))] })()",
            r#"["","€","�"]"#,
        ),
        (
            "(() => { const { StringDecoder } = require('string_decoder'); const d = new StringDecoder('base64'); return d.write(Buffer.from('abcd')) + d.end() })()",
            "\"YWJjZA==\"",
        ),
        (
            "(() => { const z = require('zlib'), text = 'a'.repeat(1000); return ['gzip gunzip', 'deflate inflate', 'deflateRaw inflateRaw', 'gzip unzip', 'deflate unzip'].map((pair) => { const [to, back] = pair.split(' '); const small = z[to + 'Sync'](text); return small.length < 50 && z[back + 'Sync'](small).toString() === text }) })()",
            "[true,true,true,true,true]",
        ),
        ("require('util').promisify(require('zlib').gzip)('x').then((b) => require('zlib').gunzipSync(b).toString())", "\"x\""),
        ("(() => { try { require('zlib').gunzipSync(Buffer.from('no')) } catch (e) { return e.message } })()", "\"incorrect header check\""),
        ("(() => { try { require('zlib').inflateSync(require('zlib').deflateSync('a'.repeat(5000)), { maxOutputLength: 100 }) } catch (e) { return e.name } })()", "\"RangeError\""),
        ("require('timers/promises').setTimeout(2, 'late')", "\"late\""),
        ("(() => { const u = require('url').parse('/a/b?c=1&c=2#d', true); return [u.pathname, u.query, u.host, u.hash, u.path, u.href] })()",
         r##"["/a/b",{"c":["1","2"]},null,"#d","/a/b?c=1&c=2","/a/b?c=1&c=2#d"]"##),
        ("(() => { const { protocol, auth, host, port, hostname, pathname, query } = require('url').parse('HTTPS://u:p%40@A.example:81?x=y'); return [protocol, auth, host, port, hostname, pathname, query] })()",
         r#"["https:","u:p@","a.example:81","81","a.example","/","x=y"]"#),
        ("require('url').format({ protocol: 'https', hostname: 'a.example', port: 8, pathname: 'x', query: { a: 1 } })", "\"https://a.example:8/x?a=1\""),
        ("[require('url').resolve('https://a.example/b/c', '../d'), require('url').resolve('/one/two', 'three')]", r#"["https://a.example/d","/one/three"]"#),
        ("[typeof require('assert/strict').equal, require('util/types').isDate(new Date()), require('buffer').Buffer === Buffer, require('path') === require('node:path')]", r#"["function",true,true,true]"#),
        ("[process.env.HOME ?? null, process.platform, typeof process.hrtime.bigint(), process.uptime() >= 0]", r#"[null,"linux","bigint",true]"#),
        ("new Promise((done) => process.nextTick(done, 'next'))", "\"next\""),
        ("global === globalThis", "true"),
    ])
    .await;
    for name in ["stream", "fs", "http", "child_process", "constructor", "__proto__", "lodash@4.17.21"] {
        let error = data(&format!("require('{name}')")).await.unwrap_err();
        assert!(
            error.message().contains(&format!("Cannot find module '{name}': there are assert, ")),
            "{error}"
        );
    }
}

#[tokio::test]
async fn numbers_are_written_as_in_english() {
    all(&[
        ("[1234567.891, 0, -0.5, 1e21, 0.0005, 1e-7, 123456789012345680000].map((n) => n.toLocaleString())", r#"["1,234,567.891","0","-0.5","1,000,000,000,000,000,000,000","0.001","0","123,456,789,012,345,680,000"]"#),
        ("[NaN, Infinity, -Infinity, -0].map((n) => n.toLocaleString('en-US'))", r#"["NaN","∞","-∞","-0"]"#),
        ("12345678901234567890n.toLocaleString()", "\"12,345,678,901,234,567,890\""),
        ("[[1.005, 2], [2.5, 0], [0.5, 0], [9.995, 2], [999.999, 1]].map(([n, d]) => n.toLocaleString('en', { minimumFractionDigits: d, maximumFractionDigits: d }))", r#"["1.01","3","1","10.00","1,000.0"]"#),
        ("[1234.5, -3].map((n) => n.toLocaleString('en-US', { style: 'currency', currency: 'USD' }))", r#"["$1,234.50","-$3.00"]"#),
        ("[['jpy', 5.5], ['EUR', 1], ['CHF', 2], ['KWD', 1]].map(([currency, n]) => new Intl.NumberFormat('en-US', { style: 'currency', currency }).format(n))", "[\"¥6\",\"€1.00\",\"CHF\u{a0}2.00\",\"KWD\u{a0}1.000\"]"),
        ("(0.256).toLocaleString(undefined, { style: 'percent', maximumFractionDigits: 1 })", "\"25.6%\""),
        ("[(5).toLocaleString('en', { minimumIntegerDigits: 2 }), (1e6).toLocaleString('en', { useGrouping: false }), (1234.5678).toLocaleString('en', { maximumSignificantDigits: 3 }), (7).toLocaleString('en', { signDisplay: 'always' })]", r#"["05","1000000","1,230","+7"]"#),
        ("[1, 2.5].toLocaleString()", "\"1,2.5\""),
        ("['de-DE', 'cs'].map((l) => { try { return (1).toLocaleString(l) } catch (e) { return e.name + ': ' + e.message } })", r#"["RangeError: The locale de-DE is not supported: there is en-US alone","RangeError: The locale cs is not supported: there is en-US alone"]"#),
        ("(() => { try { (1).toLocaleString('en', { notation: 'compact' }) } catch (e) { return e.message } })()", "\"Intl: the notation compact is not supported\""),
        ("(() => { try { new Intl.PluralRules('en') } catch (e) { return e.message } })()", "\"Intl: PluralRules is not supported\""),
    ])
    .await;
}

#[tokio::test]
async fn dates_are_written_as_in_english_in_any_zone() {
    let zoned = "new Date(Date.UTC(2024, 6, 4, 20, 5, 9, 70))";
    let cases = [
        ("toLocaleString()", "7/4/2024, 8:05:09 PM"),
        ("toLocaleDateString('en-US')", "7/4/2024"),
        ("toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })", "08:05 PM"),
        ("toLocaleString('en-US', { timeZone: 'America/New_York' })", "7/4/2024, 4:05:09 PM"),
        (
            "toLocaleDateString('en-US', { timeZone: 'Asia/Tokyo', weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' })",
            "Friday, July 5, 2024",
        ),
        ("toLocaleDateString('en-US', { month: 'short', day: '2-digit' })", "Jul 04"),
        ("toLocaleDateString('en-US', { year: 'numeric', month: '2-digit', day: '2-digit' })", "07/04/2024"),
        ("toLocaleDateString('en-US', { month: 'long', year: 'numeric' })", "July 2024"),
        ("toLocaleDateString('en-US', { weekday: 'short' })", "Thu"),
        (
            "toLocaleString('en-US', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'Europe/Prague' })",
            "Jul 4, 2024, 10:05 PM",
        ),
        (
            "toLocaleString('en-US', { dateStyle: 'full', timeStyle: 'long' })",
            "Thursday, July 4, 2024 at 8:05:09 PM UTC",
        ),
        (
            "toLocaleTimeString('en-US', { hour12: false, timeZoneName: 'short', timeZone: 'Europe/Prague' })",
            "22:05:09 CEST",
        ),
        (
            "toLocaleTimeString('en-US', { hourCycle: 'h23', hour: '2-digit', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3 })",
            "20:05:09.070",
        ),
        ("toLocaleTimeString('en-US', { hour: 'numeric' })", "8 PM"),
    ];
    for (call, expected) in cases {
        assert_eq!(eval(&format!("{zoned}.{call}")).await, format!("\"{expected}\""), "{call}");
    }
    all(&[
        ("new Intl.DateTimeFormat('en-US', { timeZone: 'America/New_York', year: 'numeric', month: '2-digit', day: '2-digit' }).formatToParts(new Date(0)).filter((p) => p.type !== 'literal').map((p) => p.value)", r#"["12","31","1969"]"#),
        ("Intl.DateTimeFormat.name + new Intl.DateTimeFormat().resolvedOptions().timeZone + new Intl.DateTimeFormat().format(0)", "\"DateTimeFormatUTC1/1/1970\""),
        ("new Date(NaN).toLocaleString()", "\"Invalid Date\""),
        ("(() => { try { new Date(0).toLocaleString('en-US', { timeZone: 'Nowhere/At' }) } catch (e) { return e.message } })()", "\"Invalid time zone specified: Nowhere/At\""),
        ("(() => { try { new Date(0).toLocaleDateString('fr-FR') } catch (e) { return e.name } })()", "\"RangeError\""),
    ])
    .await;
}

#[tokio::test]
async fn words_are_put_in_order_as_in_english() {
    all(&[
        ("['b', 'Z', 'a', 'é', 'e', 'A', 'f', '_', '1'].sort((a, b) => a.localeCompare(b))", r#"["_","1","a","A","b","e","é","f","Z"]"#),
        ("['a10', 'a9', 'A1'].sort(new Intl.Collator('en', { numeric: true }).compare)", r#"["A1","a9","a10"]"#),
        ("['résumé'.localeCompare('resume', 'en', { sensitivity: 'base' }), 'a'.localeCompare('A', 'en', { sensitivity: 'accent' }), 'a'.localeCompare('á', undefined, { sensitivity: 'base' })]", "[0,0,0]"),
        ("(() => { try { 'a'.localeCompare('b', 'sv') } catch (e) { return e.name } })()", "\"RangeError\""),
    ])
    .await;
}
