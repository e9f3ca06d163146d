// Fills the stars up to the chosen one.
export default function rating(box) {
  const labels = [...box.querySelectorAll("label")];
  box.addEventListener("change", () => {
    const chosen = labels.findIndex((label) => label.querySelector("input").checked);
    labels.forEach((label, index) => label.classList.toggle("is-on", index <= chosen));
  });
}
