/* Passkeys: buttons that add one or use one. Each element with data-passkey carries the
   URLs of the server, and the words for the user. */
const supported = typeof window.PublicKeyCredential === "function";

const toBytes = (text) => {
  const base64 = text.replaceAll("-", "+").replaceAll("_", "/");
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
};

const toText = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

const known = (credentials = []) =>
  credentials.map((one) => ({ ...one, id: toBytes(one.id) }));

const create = (options) =>
  navigator.credentials.create({
    publicKey: {
      ...options,
      challenge: toBytes(options.challenge),
      user: { ...options.user, id: toBytes(options.user.id) },
      excludeCredentials: known(options.excludeCredentials),
    },
  });

const use = (options) =>
  navigator.credentials.get({
    publicKey: {
      ...options,
      challenge: toBytes(options.challenge),
      allowCredentials: known(options.allowCredentials),
    },
  });

// What the server gets: the fields of the credential as JSON, its bytes in base64url.
const asJson = (credential) => {
  const { response } = credential;
  const fields = {};
  for (const name of [
    "clientDataJSON",
    "attestationObject",
    "authenticatorData",
    "signature",
    "userHandle",
  ]) {
    if (response[name]) {
      fields[name] = toText(response[name]);
    }
  }
  if (response.getTransports) {
    fields.transports = response.getTransports();
  }
  return {
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    response: fields,
    clientExtensionResults: credential.getClientExtensionResults(),
    authenticatorAttachment: credential.authenticatorAttachment,
  };
};

class RefusedError extends Error {}

const ask = async (url, { token, unreachable }, body = {}) => {
  let response;
  let answer;
  try {
    response = await fetch(url, {
      method: "POST",
      credentials: "same-origin",
      headers: {
        "Content-Type": "application/json",
        Accept: "application/json",
        "X-CSRFToken": token,
      },
      body: JSON.stringify(body),
    });
    answer = await response.json();
  } catch {
    throw new RefusedError(unreachable);
  }
  if (!response.ok) {
    throw new RefusedError(answer.detail || unreachable);
  }
  return answer;
};

const run = async (words) => {
  const adds = words.passkey === "add";
  const options = await ask(words.begin, words);
  const credential = await (adds ? create(options) : use(options));
  const query = new URLSearchParams({ next: words.next });
  if (adds) {
    query.set("name", document.getElementById("passkey-name").value);
  }
  const url = `${words.complete}?${query}`;
  const { redirect_url: target } = await ask(url, words, asJson(credential));
  window.location.assign(target);
};

const reason = (error, words) => {
  if (error instanceof RefusedError) {
    return error.message;
  }
  if (error.name === "InvalidStateError") {
    return words.exists;
  }
  return error.name === "NotAllowedError" || error.name === "AbortError"
    ? words.cancelled
    : words.failed;
};

const prepare = (element) => {
  const button = element.querySelector("button");
  const status = element.querySelector("[role=status]");
  element.hidden = false;
  button.addEventListener("click", async () => {
    button.disabled = true;
    status.textContent = element.dataset.waiting;
    try {
      await run(element.dataset);
    } catch (error) {
      status.textContent = reason(error, element.dataset);
      button.disabled = false;
      button.focus();
    }
  });
};

if (supported) {
  document.querySelectorAll("[data-passkey]").forEach(prepare);
  document.querySelectorAll("[data-passkey-name]").forEach((element) => {
    element.hidden = false;
  });
  document.querySelectorAll("[data-passkey-missing]").forEach((element) => {
    element.hidden = true;
  });
}
