// Fills a place from the browser's location, only when its button is pressed. Rounded to two decimals, about
// a kilometre; it stays in the form until the reader sends that.
const OPTIONS = { enableHighAccuracy: false, maximumAge: 600000, timeout: 15000 };
const FAILED = "Your browser did not tell where you are. Type a ZIP, or a city and its state.";
const DONE = "Your place is filled in, rounded to about a kilometre. It is used when you show schools.";

function offer(button) {
  const field = document.getElementById(button.dataset.near);
  const said = button.parentElement.querySelector("[data-near-said]");
  button.hidden = false;
  button.addEventListener("click", () => {
    said.textContent = "Asking your browser …";
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        field.value = `${coords.latitude.toFixed(2)}, ${coords.longitude.toFixed(2)}`;
        said.textContent = DONE;
        field.focus();
      },
      () => {
        said.textContent = FAILED;
        field.focus();
      },
      OPTIONS,
    );
  });
}

if ("geolocation" in navigator && window.isSecureContext) {
  document.querySelectorAll("button[data-near]").forEach(offer);
}
