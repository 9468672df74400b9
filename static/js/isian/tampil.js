// Shows only what the chosen stage asks for.
export function pasangTampil(form) {
  const atur = () => {
    const tahap = (form.querySelector("input[name=tahap]:checked") || {}).value;
    document.querySelectorAll("[data-untuk-tahap]").forEach((bagian) => {
      bagian.classList.toggle("sembunyi", !bagian.dataset.untukTahap.split(" ").includes(tahap));
    });
    const menyusul = form.elements.nik_menyusul;
    const alasan = document.getElementById("bagian-alasan-nik");
    if (menyusul && alasan) alasan.classList.toggle("sembunyi", !menyusul.checked);
  };
  form.addEventListener("change", atur);
  form.addEventListener("poskb:diisi", atur);
  atur();
}
