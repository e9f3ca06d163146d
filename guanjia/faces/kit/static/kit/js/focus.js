// Takes the focus when it appears, so that a refusal is read out first.
export default function focus(element) {
  element.focus({ preventScroll: true });
  element.scrollIntoView({ block: "nearest" });
}
