// The kader's form: reads the NIK back, shows only what the stage asks for, guards against a double press.
// Without this script the plain form works and the server says the same.
const BULAN = "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split(" ");

function usia(lahir, hariIni) {
  const belum = hariIni.slice(5) < lahir.slice(5);
  return Number(hariIni.slice(0, 4)) - Number(lahir.slice(0, 4)) - (belum ? 1 : 0);
}

// Same choice of century as akseptor/nik.py: not in the future, age nearest to 15-49.
export function tanggalLahir(nik, hariIni) {
  const hari = Number(nik.slice(6, 8)) % 40;
  const bulan = Number(nik.slice(8, 10));
  const jauh = (iso) => Math.max(15 - usia(iso, hariIni), usia(iso, hariIni) - 49, 0);
  return ["19", "20"]
    .map((abad) => `${abad}${nik.slice(10, 12)}-${String(bulan).padStart(2, "0")}-${String(hari).padStart(2, "0")}`)
    .filter((iso) => {
      const tanggal = new Date(`${iso}T00:00:00Z`);
      return !Number.isNaN(tanggal.getTime()) && tanggal.toISOString().slice(0, 10) === iso && iso <= hariIni;
    })
    .sort((a, b) => jauh(a) - jauh(b))[0];
}

function pasangNik(form) {
  const medan = form.elements.nik_istri;
  const terbaca = document.getElementById("nik-terbaca");
  const lahir = form.elements.tanggal_lahir_istri;
  if (!medan || !terbaca) return;
  let diisiKami = "";
  const baca = () => {
    const nik = medan.value.replace(/[\s.-]/g, "");
    terbaca.textContent = nik ? `${nik.length} dari 16 angka` : "";
    if (!/^\d{16}$/.test(nik)) return;
    const iso = tanggalLahir(nik, form.dataset.hariIni);
    if (!iso) { terbaca.textContent = "Tanggal lahir di NIK ini tidak terbaca. Periksa lagi."; return; }
    const [tahun, bulan, hari] = iso.split("-").map(Number);
    const kelamin = Number(nik.slice(6, 8)) > 40 ? "perempuan" : "laki-laki";
    terbaca.textContent = `Lahir ${hari} ${BULAN[bulan - 1]} ${tahun} · ${kelamin}`;
    if (lahir && (!lahir.value || lahir.value === diisiKami)) { lahir.value = iso; diisiKami = iso; }
  };
  medan.addEventListener("input", baca);
  baca();
}

function pasangTampil(form) {
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
  atur();
}

const form = document.getElementById("isian-akseptor");
if (form) {
  pasangNik(form);
  pasangTampil(form);
  form.addEventListener("submit", () => {
    const tombol = form.querySelector("button[type=submit]");
    setTimeout(() => { tombol.disabled = true; tombol.lastChild.textContent = " Menyimpan…"; }, 0);
  });
  // Back from the browser's memory: the button must work again.
  window.addEventListener("pageshow", () => { form.querySelector("button[type=submit]").disabled = false; });
}
