// A real OpenID Connect provider for a test: whoever signs in as NAME is
// NAME@example.org, with a confirmed address unless the name begins with
// "doubtful". Arguments: port, address to which it leads back.
import Provider from "oidc-provider";

const [port, back] = process.argv.slice(2);
const issuer = `http://localhost:${port}`;
const provider = new Provider(issuer, {
  clients: [{ client_id: "greyshelf", client_secret: "a secret between the two", redirect_uris: [back], grant_types: ["authorization_code"], response_types: ["code"] }],
  pkce: { required: () => true },
  claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, name: id, email: `${id}@example.org`, email_verified: !id.startsWith("doubtful") }) }),
});
provider.listen(Number(port), "localhost", () => console.log(issuer));
