// Short messages at the foot of the page. A bad one stays until it is clicked away.
const SECONDS = 5;

export default function toast(element) {
  element.addEventListener("click", () => element.remove());
  if (!element.classList.contains("toast--over")) setTimeout(() => element.remove(), SECONDS * 1000);
}

// undo: { label, run } adds a button that is offered for eight seconds.
export function say(text, { bad = false, undo = null } = {}) {
  const place = document.getElementById("toasts");
  if (!text || !place || [...place.children].some((shown) => shown.textContent === text)) return;
  const element = document.createElement("div");
  element.className = bad ? "toast toast--over" : "toast";
  element.setAttribute("role", bad ? "alert" : "status");
  element.append(text);
  if (undo) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = undo.label;
    button.addEventListener("click", undo.run);
    element.append(button);
  }
  place.append(element);
  element.addEventListener("click", () => element.remove());
  if (!bad) setTimeout(() => element.remove(), (undo ? 8 : SECONDS) * 1000);
}
