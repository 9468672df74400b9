// A second press must not send twice; back from the browser's memory the button works again.
export function pasangTombol(form) {
  const tombol = form.querySelector("button[type=submit]");
  if (!tombol) return;
  const tulisan = tombol.lastChild.textContent;
  form.addEventListener("submit", () => {
    setTimeout(() => {
      tombol.disabled = true;
      tombol.lastChild.textContent = " Menyimpan…";
    }, 0);
  });
  window.addEventListener("pageshow", () => {
    tombol.disabled = false;
    tombol.lastChild.textContent = tulisan;
  });
}
