// Marks a label whose radio button or checkbox is on, for browsers without :has().
export default function pick(label) {
  const input = label.querySelector("input");
  const show = () => {
    for (const each of document.getElementsByName(input.name)) each.closest("label")?.classList.toggle("is-on", each.checked);
  };
  input.addEventListener("change", show);
  show();
}
