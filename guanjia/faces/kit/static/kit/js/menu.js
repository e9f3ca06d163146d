// A list under a button: closes on Escape, on a click elsewhere, and when the focus leaves.
export default function menu(details) {
  const close = () => {
    details.open = false;
  };
  document.addEventListener("click", (event) => details.contains(event.target) || close());
  details.addEventListener("focusout", (event) => event.relatedTarget && !details.contains(event.relatedTarget) && close());
  details.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !details.open) return;
    close();
    details.querySelector("summary").focus();
  });
}
