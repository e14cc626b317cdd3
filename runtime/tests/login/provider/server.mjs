// A real authorization server for the tests: refresh tokens rotate, are revoked as a family when an old one comes
// back, and everything is short-lived. It says on which port it listens, and ends when its input ends.
import Provider from 'oidc-provider';

const port = Number(process.argv[2]);
const codeLifetime = Number(process.argv[3] ?? 60);
const log = (event, what) => console.log(`${event} ${what ?? ''}`.trim());

const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [
    {
      client_id: 'tasks-app',
      client_secret: 'tasks-app-secret',
      redirect_uris: ['http://127.0.0.1:9/callback'],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      token_endpoint_auth_method: 'client_secret_post',
    },
  ],
  pkce: { required: () => true, methods: ['S256'] },
  scopes: ['openid', 'offline_access', 'email'],
  claims: { email: ['email'] },
  features: { devInteractions: { enabled: true }, revocation: { enabled: true } },
  rotateRefreshToken: true,
  issueRefreshToken: () => true,
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, email: `${id}@tasks.example` }) }),
  ttl: { AccessToken: 2, AuthorizationCode: codeLifetime, RefreshToken: 600, Grant: 600, Session: 600, Interaction: 600, IdToken: 60 },
});
provider.on('grant.success', (ctx) => log('granted', ctx.oidc.params.grant_type));
provider.on('grant.error', (ctx, error) => log('refused', error.error));
provider.on('grant.revoked', (_, id) => log('revoked', id ? '' : ''));

const server = provider.listen(port, '127.0.0.1', () => log('listening', server.address().port));
process.stdin.on('end', () => process.exit(0));
process.stdin.resume();
