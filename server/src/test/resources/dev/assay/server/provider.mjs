// A provider of OpenID Connect for tests: prints its port, then reads where the server is, then serves.
// Whoever logs in as NAME is of the groups in GROUPS; the password does not matter.
import http from "node:http";
import readline from "node:readline";
import Provider from "oidc-provider";

const GROUPS = { ada: ["team-shop"], grace: ["admins"], eve: [] };
let handler = (_, response) => response.writeHead(503).end();
let forge = false;
let groups = { ...GROUPS };
const server = http.createServer((request, response) => {
  if (forge && request.url.startsWith("/auth?")) {
    request.url = request.url.replace(/nonce=[^&]+/, "nonce=of-somebody-else");
  }
  handler(request, response);
});
server.listen(0, "127.0.0.1", () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  console.log(server.address().port);
  readline.createInterface({ input: process.stdin }).on("line", (line) => {
    const [word, first, second] = line.split(" ");
    if (word === "forge") {
      forge = first === "yes";
    } else if (word === "groups") {
      groups[first] = second ? second.split(",") : [];
    } else {
      const provider = new Provider(issuer, {
        clients: [
          {
            client_id: "assay",
            client_secret: "a secret of the test",
            redirect_uris: [`${first}/login/oauth2/code/assay`],
            post_logout_redirect_uris: [`${first}/login`],
          },
        ],
        pkce: { required: () => true },
        claims: { openid: ["sub"], profile: ["preferred_username", "groups"], email: ["email"] },
        findAccount: (_, id) => ({
          accountId: id,
          claims: () => ({ sub: `subject-of-${id}`, preferred_username: id, groups: groups[id] }),
        }),
        cookies: { keys: ["of the test"] },
        ttl: { Interaction: 600, Session: 600, Grant: 600, AccessToken: 600, IdToken: 600 },
      });
      handler = provider.callback();
    }
    console.log("done");
  });
});
