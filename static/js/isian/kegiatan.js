// The form of an activity: what is chosen is seen, and after a tile the number is asked at once.
export function pasangKegiatan(form) {
  if (form.dataset.jenis !== "kegiatan") return;
  const jumlah = form.elements.jumlah_orang;
  const buka = () => {
    const terpilih = form.querySelector("input[name=macam]:checked");
    const lain = terpilih && terpilih.closest("details");
    if (lain) lain.open = true;
  };
  form.addEventListener("poskb:diisi", buka);
  // A finger only: arrow keys go from tile to tile and must not be taken away.
  form.addEventListener("click", (acara) => {
    if (acara.target.name === "macam" && acara.detail > 0 && !jumlah.value) jumlah.focus();
  });
}
