// A dialog closes on a click beside it, and gives the focus back to what opened it. With data-open it opens by itself.
export default function dialog(element) {
  element.addEventListener("click", (event) => event.target === element && element.close());
  if ("open" in element.dataset && !element.open) element.showModal();
}
