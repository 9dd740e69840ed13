// Passkeys: the browser makes and uses the key, the server checks. Without
// script a password signs in.
(() => {
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const keys = (list) => (list || []).map((k) => ({ ...k, id: bytes(k.id) }));

  async function post(address, body) {
    const answer = await fetch(address, { method: "POST", headers: { "Content-Type": "application/json", Accept: "application/json" }, body: body ? JSON.stringify(body) : null });
    if (!answer.ok) throw new Error(answer.status);
    return answer.json();
  }

  async function make(address, name) {
    const { publicKey: o } = await post(address + "/begin");
    const key = await navigator.credentials.create({ publicKey: { ...o, challenge: bytes(o.challenge), user: { ...o.user, id: bytes(o.user.id) }, excludeCredentials: keys(o.excludeCredentials) } });
    return post(address + "?name=" + encodeURIComponent(name), {
      id: key.id, rawId: text(key.rawId), type: key.type,
      response: { clientDataJSON: text(key.response.clientDataJSON), attestationObject: text(key.response.attestationObject), transports: key.response.getTransports ? key.response.getTransports() : [] },
    });
  }

  async function use(address, to) {
    const { publicKey: o } = await post(address + "/begin");
    const key = await navigator.credentials.get({ publicKey: { ...o, challenge: bytes(o.challenge), allowCredentials: keys(o.allowCredentials) } });
    const r = key.response;
    return post(address + "?to=" + encodeURIComponent(to), {
      id: key.id, rawId: text(key.rawId), type: key.type,
      response: { clientDataJSON: text(r.clientDataJSON), authenticatorData: text(r.authenticatorData), signature: text(r.signature), userHandle: r.userHandle ? text(r.userHandle) : null },
    });
  }

  for (const part of document.querySelectorAll("[data-passkey]")) {
    if (!window.PublicKeyCredential) continue;
    part.hidden = false;
    const problem = part.querySelector("[data-problem]");
    part.querySelector("button").addEventListener("click", async (event) => {
      event.preventDefault();
      problem.hidden = true;
      try {
        const name = part.querySelector("input");
        const done = part.dataset.passkey === "make" ? await make(part.dataset.address, name ? name.value : "") : await use(part.dataset.address, part.dataset.to || "");
        location.assign(done.to);
      } catch {
        problem.hidden = false;
      }
    });
  }
})();
