// Reads the NIK back while it is typed. The server says the same (akseptor/nik.py).
import { tulisTanggal } from "../dom.js";

function usia(lahir, hariIni) {
  const belum = hariIni.slice(5) < lahir.slice(5);
  return Number(hariIni.slice(0, 4)) - Number(lahir.slice(0, 4)) - (belum ? 1 : 0);
}

// Same choice of century as akseptor/nik.py: not in the future, age nearest to 15-49.
function tanggalLahir(nik, hariIni) {
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

// "12 dari 16 angka"; nothing while empty.
function hitungan(nik) {
  if (/\D/.test(nik)) return "NIK hanya berisi angka.";
  if (nik.length > 16) return `${nik.length} angka: lebih ${nik.length - 16}. Periksa lagi.`;
  return nik ? `${nik.length} dari 16 angka` : "";
}

export function pasangNik(form, hariIni) {
  const medan = form.elements.nik_istri;
  const terbaca = document.getElementById("nik-terbaca");
  const lahir = form.elements.tanggal_lahir_istri;
  if (!medan || !terbaca) return;
  // A date that came from a NIK leaves with it; one that she typed stays.
  let diisiKami = "";
  const isi = (iso) => {
    if (!lahir || (lahir.value && lahir.value !== diisiKami)) return;
    lahir.value = iso;
    diisiKami = iso;
  };
  const baca = () => {
    const nik = medan.value.replace(/[\s.-]/g, "");
    const utuh = /^\d{16}$/.test(nik);
    const iso = utuh && tanggalLahir(nik, hariIni());
    if (iso) {
      const kelamin = Number(nik.slice(6, 8)) > 40 ? "perempuan" : "laki-laki";
      terbaca.textContent = `Lahir ${tulisTanggal(iso)} · ${kelamin}`;
    } else {
      terbaca.textContent = utuh ? "Tanggal lahir di NIK ini tidak terbaca. Periksa lagi." : hitungan(nik);
    }
    isi(iso || "");
  };
  medan.addEventListener("input", baca);
  form.addEventListener("poskb:diisi", baca);
  baca();
}
