// Copying is an extra: without this file the address can be selected by hand.
for (const box of document.querySelectorAll("[data-copy]")) {
  const field = box.querySelector("input, textarea");
  const button = box.querySelector("button");
  const said = box.querySelector("[role=status]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    field.select();
    let done = false;
    try {
      await navigator.clipboard.writeText(field.value);
      done = true;
    } catch {
      // No clipboard without https; the old way works there.
      done = document.execCommand("copy");
    }
    said.textContent = done ? "Copied." : "Selected: copy it with your keyboard.";
    setTimeout(() => { said.textContent = ""; }, 4000);
  });
}
