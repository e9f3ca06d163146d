// Says no to a file that is too large before it is sent: data-max-mb on the input, its sentence in data-too-large.
export default function upload(input) {
  input.addEventListener("change", () => {
    const size = Math.max(0, ...[...input.files].map((file) => file.size)) / 1048576;
    const bad = size > Number(input.dataset.maxMb);
    input.setCustomValidity(bad ? input.dataset.tooLarge.replace("{mb}", Math.ceil(size)) : "");
    if (bad) input.reportValidity();
  });
}
