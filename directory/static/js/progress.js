// An upload's page: asks again every three seconds while pages are worked, and shows what came.
(() => {
  const asked = async () => {
    const shown = document.querySelector("[data-follow]");
    if (!shown || shown.contains(document.activeElement)) return;
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (!answer.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const next = page.querySelector("#content-main");
    if (!next) return;
    shown.replaceWith(next);
    if (!next.hasAttribute("data-follow")) clearInterval(timer);
  };
  const timer = setInterval(() => { asked().catch(() => {}); }, 3000);
})();
