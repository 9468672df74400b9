// The shares of a target: the sum is right while one types. A desa changes its kecamatan's number; a number typed for
// a kecamatan is shared by its desa in their proportions, largest remainder first. The server does the same and checks.
const form = document.querySelector("form.bagian-target");
const target = Number(form.dataset.target);
const hasil = document.getElementById("jumlah-bagian");
const tulis = (n) => String(n).replace(/\B(?=(\d{3})+(?!\d))/g, ".");
const masukan = (unsur) => unsur.querySelector("input");

// Whole numbers, "1.831" as well; anything else is no number.
function baca(unsur) {
  const teks = unsur.value.trim();
  return /^(\d+|\d{1,3}(\.\d{3})+)$/.test(teks) ? Number(teks.replaceAll(".", "")) : NaN;
}

const kecamatan = Array.from(document.querySelectorAll("[data-kecamatan]"), (unsur) => ({
  kepala: masukan(unsur.querySelector(".kepala-bagian")),
  desa: Array.from(unsur.querySelectorAll("[data-desa]"), (baris) => ({
    baris,
    medan: masukan(baris),
    dasar: Number(baris.dataset.dasar),
  })),
}));

function bagi(jumlah, bobot) {
  const total = bobot.reduce((a, b) => a + b, 0);
  if (!total)
    return bagi(
      jumlah,
      bobot.map(() => 1),
    );
  const bagian = bobot.map((b) => Math.floor((jumlah * b) / total));
  const sisa = jumlah - bagian.reduce((a, b) => a + b, 0);
  if (!sisa) return bagian;
  const pecahan = bobot.map((b) => (jumlah * b) % total);
  const batas = [...pecahan].sort((a, b) => b - a)[sisa];
  pecahan.forEach((n, i) => (bagian[i] += n > batas ? 1 : 0));
  // Of those with an equal claim some, evenly over the list (laporan/kampanye/target.py, `_tersebar`).
  const setara = pecahan.flatMap((n, i) => (n === batas ? [i] : []));
  const banyak = sisa - pecahan.filter((n) => n > batas).length;
  const awal = Math.floor(jumlah / setara.length) % setara.length;
  const sampai = (i) => Math.floor((i * banyak + awal) / setara.length);
  setara.forEach((letak, i) => (bagian[letak] += sampai(i + 1) > sampai(i) ? 1 : 0));
  return bagian;
}

// Shares that differ by one at most were shared equally, and stay so.
const setara = (bagian) => (Math.max(...bagian) - Math.min(...bagian) <= 1 ? bagian.map(() => 1) : bagian);
const jumlahDesa = (k) => k.desa.reduce((n, d) => n + baca(d.medan), 0);

function tampilkan() {
  let jumlah = 0;
  for (const k of kecamatan) {
    jumlah += jumlahDesa(k);
    for (const d of k.desa) d.baris.classList.toggle("berubah", baca(d.medan) !== d.dasar);
  }
  const beda = target - jumlah;
  hasil.className = beda === 0 ? "tepat" : "kurang";
  if (Number.isNaN(jumlah)) hasil.textContent = "Ada isian yang bukan angka.";
  else if (beda === 0) hasil.textContent = `Jumlah bagian ${tulis(jumlah)}, tepat sama dengan target.`;
  else {
    const kata = beda > 0 ? "kurang" : "lebih";
    hasil.textContent = `Jumlah bagian ${tulis(jumlah)}, target ${tulis(target)}: ${kata} ${tulis(Math.abs(beda))}.`;
  }
}

for (const k of kecamatan) {
  k.kepala.addEventListener("input", () => {
    const jumlah = baca(k.kepala);
    if (!Number.isNaN(jumlah)) {
      bagi(jumlah, setara(k.desa.map((d) => d.dasar))).forEach((n, i) => (k.desa[i].medan.value = tulis(n)));
    }
    tampilkan();
  });
  for (const d of k.desa) {
    d.medan.addEventListener("input", () => {
      const jumlah = jumlahDesa(k);
      if (!Number.isNaN(jumlah)) k.kepala.value = tulis(jumlah);
      tampilkan();
    });
  }
}
tampilkan();
