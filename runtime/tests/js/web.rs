//! What code finds beside the language (connector.md 18.8).

use crate::eval;

/// Expressions, and what they give as JSON.
const CASES: &[(&str, &str)] = &[
    (
        "new URL('../b?x=1#h', 'https://u:p@a.example:8080/c/d').href",
        "\"https://u:p@a.example:8080/b?x=1#h\"",
    ),
    (
        "(() => { const u = new URL('https://a.example/'); u.searchParams.append('k', 'a b&'); u.hash = 'z'; return String(u) })()",
        "\"https://a.example/?k=a+b%26#z\"",
    ),
    (
        "(() => { const u = new URL('https://a.example/?x=1'); u.search = '?y=2'; u.port = '99'; return [u.searchParams.get('y'), u.host, u.origin] })()",
        "[\"2\",\"a.example:99\",\"https://a.example:99\"]",
    ),
    ("(() => { try { new URL('nope') } catch (e) { return e.code } })()", "\"ERR_INVALID_URL\""),
    ("URL.canParse('x:y')", "true"),
    ("[...new URLSearchParams('a=1&b=%20x&a=2')]", "[[\"a\",\"1\"],[\"b\",\" x\"],[\"a\",\"2\"]]"),
    ("new URLSearchParams({ q: 'ž', n: 1 }).toString()", "\"q=%C5%BE&n=1\""),
    ("new TextDecoder().decode(new TextEncoder().encode('ž😀'))", "\"ž😀\""),
    (
        "(() => { try { new TextDecoder('utf-8', { fatal: true }).decode(new Uint8Array([255])) } catch (e) { return e.name } })()",
        "\"TypeError\"",
    ),
    ("atob(btoa('hi'))", "\"hi\""),
    (
        "(() => { const a = { d: new Date(1), m: new Map([[1, { x: 1 }]]) }; a.self = a; const b = structuredClone(a); return [b !== a, b.self === b, b.d.getTime(), b.m.get(1).x] })()",
        "[true,true,1,1]",
    ),
    ("(() => { try { structuredClone(() => 1) } catch (e) { return e.name } })()", "\"DataCloneError\""),
    ("/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-/.test(crypto.randomUUID())", "true"),
    ("crypto.getRandomValues(new Uint8Array(8)).length", "8"),
    (
        "crypto.subtle.digest('SHA-256', new TextEncoder().encode('abc')).then((d) => Buffer.from(d).toString('hex').slice(0, 16))",
        "\"ba7816bf8f01cfea\"",
    ),
    (
        "(async () => { const k = await crypto.subtle.importKey('raw', Buffer.from('k'), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign', 'verify']); const s = await crypto.subtle.sign('HMAC', k, Buffer.from('d')); return [Buffer.from(s).toString('hex') === require('crypto').createHmac('sha256', 'k').update('d').digest('hex'), await crypto.subtle.verify('HMAC', k, s, Buffer.from('d'))] })()",
        "[true,true]",
    ),
    (
        "require('crypto').createHash('md5').update('a').update('b').digest('hex')",
        "\"187ef4436122d1cc2f40dc2b92f0eba0\"",
    ),
    (
        "require('node:crypto').createHmac('sha1', 'key').update('text').digest('base64')",
        "\"Np4pWetJRQM4shJ0j3fY3tdIR7s=\"",
    ),
    ("require('util').format('%s=%j', 'a', { b: 1 })", "\"a={\\\"b\\\":1}\""),
    (
        "require('util').inspect({ a: { b: { c: { d: 1 } } }, f() {}, [Symbol('s')]: 1 })",
        "\"{ a: { b: { c: [Object] } }, f: [Function: f], [Symbol(s)]: 1 }\"",
    ),
    ("require('querystring').stringify({ a: [1, 2], b: 'x y' })", "\"a=1&a=2&b=x%20y\""),
    ("require('querystring').parse('a=1&a=2&b=x+y')", "{\"a\":[\"1\",\"2\"],\"b\":\"x y\"}"),
    ("require('url').parse('https://a.example/x?y#z').pathname", "\"/x\""),
    ("require('buffer').Buffer.from('x').toString('hex')", "\"78\""),
    (
        "(() => { const assert = require('assert'); assert.deepStrictEqual({ a: [1] }, { a: [1] }); try { assert.equal(1, 2) } catch (e) { return e.code } })()",
        "\"ERR_ASSERTION\"",
    ),
    ("new Promise((r) => setTimeout(r, 5, 'late'))", "\"late\""),
    (
        "new Promise((r) => { let n = 0; const t = setInterval(() => { n += 1; if (n === 3) { clearInterval(t); r(n) } }, 1) })",
        "3",
    ),
    (
        "new Promise((r) => { const t = setTimeout(() => r('no'), 1); clearTimeout(t); setTimeout(() => r('yes'), 5) })",
        "\"yes\"",
    ),
    (
        "(async () => { const order = []; setTimeout(() => order.push('timer'), 1); queueMicrotask(() => order.push('micro')); await new Promise((r) => setTimeout(r, 10)); return order })()",
        "[\"micro\",\"timer\"]",
    ),
    (
        "(() => { const c = new AbortController(); let n = 0; c.signal.addEventListener('abort', () => n++); c.abort(); c.abort(); return [n, c.signal.aborted, c.signal.reason.name] })()",
        "[1,true,\"AbortError\"]",
    ),
    ("new Response('{\"a\":1}', { status: 201 }).json()", "{\"a\":1}"),
    (
        "(async () => { const r = new Response('x'); await r.text(); try { await r.text() } catch (e) { return e.name } })()",
        "\"TypeError\"",
    ),
    ("[...new Headers({ B: '1', a: '2' })]", "[[\"a\",\"2\"],[\"b\",\"1\"]]"),
    (
        "new Request('https://a.example', { method: 'post', body: new URLSearchParams({ a: 1 }) }).headers.get('content-type')",
        "\"application/x-www-form-urlencoded;charset=UTF-8\"",
    ),
    ("typeof performance.now()", "\"number\""),
    ("[typeof Deno, typeof std, typeof os, process.env]", "[\"undefined\",\"undefined\",\"undefined\",{}]"),
];

#[tokio::test]
async fn web_globals_are_there() {
    for (expression, expected) in CASES {
        assert_eq!(eval(expression).await, *expected, "{expression}");
    }
}
