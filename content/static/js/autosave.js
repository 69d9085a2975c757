// Keeps what stands in the form on the server while an editor writes: for them alone, and until it is saved.
const TICK = 1000;
const QUIET = 2; // ticks without a change
const MOST = 15; // ticks of writing without a pause
const AGAIN = 5; // ticks until it asks again whether somebody is logged in, or the server is there

function random() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// What stands in the form, without what is only of this page.
export function read(form) {
  const data = new URLSearchParams(new FormData(form));
  for (const name of ["csrfmiddlewaretoken", "unsaved_tab", "unsaved_row"]) data.delete(name);
  return data;
}

export function autosave(form, box) {
  const { keeping, restored, again, login, compare } = box.dataset;
  const said = box.querySelector("[data-said]");
  const trouble = box.querySelector("[role=alert]");
  const tab = form.elements.unsaved_tab.value || random();
  let over = restored;
  let kept = again ? null : read(form).toString();
  let seen = kept;
  let quiet = 0;
  let unkept = 0;
  let pause = 0;
  let busy = false;
  let sent = false;
  let halted = "";
  let at = "";

  form.elements.unsaved_tab.value = tab;

  function say(words, ...more) {
    if (trouble.dataset.now === words) return;
    trouble.dataset.now = words;
    trouble.replaceChildren(...(words ? [words, ...more] : []));
  }

  function way(words, address) {
    const link = document.createElement("a");
    link.href = address;
    link.target = "_blank";
    link.textContent = words;
    return link;
  }

  function choice(words, work) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = words;
    button.addEventListener("click", work);
    return button;
  }

  function elsewhere(answer) {
    halted = "elsewhere";
    const mine = choice("Keep the text of this page instead", () => {
      over = answer.version;
      halted = "";
      say("");
      tick(true);
    });
    const words = `Another open page of yours keeps unsaved text of ${answer.at}. The text of this page is not kept until you choose. `;
    say(words, mine, " ", ...(compare ? [way("Compare that text with what is saved", compare)] : []));
  }

  function loggedOut() {
    halted = "login";
    pause = AGAIN;
    const last = at ? ` What you wrote until ${at} is kept.` : "";
    const words = `Your login ran out. All your text stands in this page.${last} `;
    say(words, way("Log in in another tab", login), " and go on here, or press Save: your text comes along through the login page.");
  }

  async function ask(options) {
    const answer = await fetch(keeping, { ...options, headers: { Accept: "application/json" } });
    const json = (answer.headers.get("Content-Type") ?? "").startsWith("application/json");
    return [answer.status, json ? await answer.json() : {}];
  }

  // After a login in another tab the tokens of this page are old.
  async function renewed() {
    const [status, { token }] = await ask({});
    if (status === 401) loggedOut();
    if (status !== 200) return false;
    document.querySelectorAll("[name=csrfmiddlewaretoken]").forEach((field) => { field.value = token; });
    halted = "";
    return true;
  }

  async function send(now, retry = true) {
    const data = new URLSearchParams(now);
    data.set("tab", tab);
    data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    if (over) data.set("over", over);
    const [status, answer] = await ask({ method: "POST", body: data });
    if (status === 200) {
      kept = now;
      unkept = 0;
      over = "";
      at = answer.at || at;
      said.textContent = answer.at ? `Kept at ${answer.at}, not saved yet` : "";
      say("");
    } else if (status === 401) {
      loggedOut();
    } else if (status === 403 && retry && await renewed()) {
      await send(now, false);
    } else if (status === 409) {
      elsewhere(answer);
    } else if (!halted) {
      say(answer.said ?? `The text could not be kept (${status}). Save it.`);
      pause = AGAIN;
    }
  }

  async function tick(hurry = false) {
    const now = read(form).toString();
    quiet = now === seen ? quiet + 1 : 0;
    seen = now;
    unkept = now === kept ? 0 : unkept + 1;
    pause -= pause ? 1 : 0;
    if (busy || sent || halted === "elsewhere" || !(unkept || halted)) return;
    if (!hurry && (pause || (quiet < QUIET && unkept < MOST))) return;
    busy = true;
    try {
      if (!halted || await renewed()) await send(now);
    } catch {
      say("No connection. Your text stands in this page alone; it is kept as soon as the server answers.");
      pause = AGAIN;
    }
    busy = false;
  }

  setInterval(() => tick(), TICK);
  document.addEventListener("visibilitychange", () => { if (document.hidden) tick(true); });
  form.addEventListener("submit", () => { sent = true; });
  addEventListener("pageshow", () => { sent = false; });
  addEventListener("beforeunload", (event) => {
    if (!sent && read(form).toString() !== kept) event.preventDefault();
  });
}
