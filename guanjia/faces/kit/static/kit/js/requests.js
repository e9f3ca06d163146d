// Tells the person when a request of htmx failed, and shows what a write wants said. What was typed stays where it is.
import { say } from "./toast.js";

const words = (name) => document.body.dataset[name];

export function watchRequests() {
  // The server did not answer at all: no network, or a timeout.
  document.addEventListener("htmx:error", (event) => {
    if (!event.detail?.ctx?.response) say(words("lost"), { bad: true });
  });
  document.addEventListener("htmx:response:error", (event) => {
    const response = event.detail?.ctx?.response;
    if (!response || response.status === 422) return;
    if (response.status === 401) location.reload();
    else if (response.status >= 500) {
      const number = response.headers?.get("X-Request-Id");
      say(number ? `${words("broken")}（${number}）` : words("broken"), { bad: true });
    }
  });
  // A panel that was refused: the first wrong field gets the focus, as on a page without JavaScript.
  document.addEventListener("htmx:after:swap", (event) => {
    if (event.detail?.ctx?.response?.status !== 422) return;
    document.querySelector("[aria-invalid='true'], .alert--over[tabindex]")?.focus();
  });
  document.addEventListener("say", (event) => say(event.detail?.value ?? event.detail?.text ?? ""));
}
