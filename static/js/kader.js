// Every page of a kader: keeps, queues, sends and says so. Without this script each page works as plain HTML.
import { bisaMenyandi, lanjutkanSesi, pemilik, sambut, tutup } from "./hp/brankas.js";
import { hitungAntrean } from "./hp/antrean.js";
import { ambil, dengarkan, gudang, taruh } from "./hp/gudang.js";
import { muatJam, hariIni, setelJam } from "./hp/jam.js";
import { segarkanKerangka } from "./hp/kerangka.js";
import { kirim, mintaDikirim, simpanToken, terjangkau } from "./hp/kirim.js";
import { bacaRingkas, segarkan } from "./hp/ringkas.js";
import { pasangStatus, tidakBisaMenyimpan } from "./hp/status.js";
import { pasangSimpan } from "./isian/akseptor.js";
import { pasangKegiatan } from "./isian/kegiatan.js";
import { pasangLaporan } from "./isian/laporan.js";
import { pasangNik } from "./isian/nik.js";
import { pasangTampil } from "./isian/tampil.js";
import { pasangTombol } from "./isian/tombol.js";
import { halamanTerkunci } from "./luring/buka.js";
import { gambarLuring } from "./luring/halaman.js";
import { pasangTahap } from "./tahap.js";

const LIMA_MENIT = 300000;
// An open page tries again by itself: a line can come back without a word, and another sender can have failed meanwhile.
const COBA_LAGI_MS = [5000, 15000, 60000];
let gagal = 0;
let jamKirim = null;
const badan = document.body.dataset;
// Drawn from the phone (the worker answered) or by the server for the one who is signed in.
const dariHp = badan.luring === "1" || badan.kerangka === "1";
const form = document.querySelector("form[data-jenis]");
const formLaporan = document.querySelector("form.laporan");
const akarLuring = document.querySelector("[data-akar-luring]");

function pasangFormulir() {
  const galat = document.getElementById("ringkas-galat");
  if (galat) galat.focus();
  if (!form) return;
  pasangNik(form, () => (dariHp ? hariIni() : form.dataset.hariIni));
  pasangTampil(form);
  pasangKegiatan(form);
}

// Signing out closes her outbox first; without signal the server hears of it at the next contact.
function pasangKeluar() {
  const keluar = document.querySelector("form[data-keluar]");
  if (!keluar) return;
  keluar.addEventListener("submit", (acara) => {
    acara.preventDefault();
    const lanjut = async () => {
      // Until the sign-in page is there, the server may still think that she is in.
      await taruh("perangkat", true, "keluar").catch(() => null);
      await tutup().catch(() => null);
      if (navigator.onLine && !dariHp) keluar.submit();
      else location.assign("/hp/");
    };
    lanjut();
  });
}

async function bukaBrankas() {
  await gudang();
  await muatJam();
  if (dariHp) return lanjutkanSesi();
  if (badan.jam) await setelJam(badan.jam);
  await simpanToken();
  return sambut(Number(badan.kader), badan.masuk, badan.kunci);
}

const lagi = () => kirimYangMenunggu().catch(() => null);

async function jadwalkanKirim(lama = COBA_LAGI_MS[gagal]) {
  const { hp, tindakan } = await hitungAntrean();
  clearTimeout(jamKirim);
  jamKirim = hp > tindakan ? setTimeout(lagi, lama) : null;
}

// A page that the worker answered may keep a `navigator.onLine` of before, for good: what waits is worth a question.
async function adaSinyal() {
  if (navigator.onLine) return true;
  const { hp, tindakan } = await hitungAntrean();
  return hp > tindakan && terjangkau();
}

async function kirimYangMenunggu() {
  if (!pemilik()) return;
  const ada = await adaSinyal();
  const { nanti, status } = ada ? await kirim() : { nanti: Infinity, status: 0 };
  if (status === 0) await mintaDikirim().catch(() => null);
  if (status === 401) return;
  gagal = status === 200 ? 0 : Math.min(gagal + 1, COBA_LAGI_MS.length - 1);
  await jadwalkanKirim(Math.min(COBA_LAGI_MS[gagal], Math.max(nanti - Date.now(), 0) + 50));
  if (!ada) return;
  const segar = await segarkan({ paling: LIMA_MENIT });
  if (segar === "nonaktif") location.assign("/");
  if (segar === "masuk" || segar === "nonaktif") return;
  await segarkanKerangka(pemilik());
}

async function daftarkanPekerja() {
  if (!navigator.serviceWorker) return;
  await navigator.serviceWorker.register("/sw.js", { scope: "/" });
}

// What the server still thinks is signed in, though she left without signal.
async function keluarYangTertunda() {
  if (dariHp || !(await ambil("perangkat", "keluar"))) return false;
  const keluar = document.querySelector("form[data-keluar]");
  if (keluar) keluar.submit();
  return Boolean(keluar);
}

// The shell belongs to nobody; whose phone it is now comes from the phone.
async function tulisNama() {
  const { kader } = await bacaRingkas();
  if (kader) document.querySelector(".siapa b").textContent = kader.nama;
}

async function mulai() {
  pasangFormulir();
  pasangKeluar();
  if (!bisaMenyandi()) throw new Error("tanpa sandi");
  if (await keluarYangTertunda()) return;
  if ((await bukaBrankas()) === null) {
    halamanTerkunci(akarLuring || document.getElementById("isi"));
    return;
  }
  dengarkan(() => location.reload(), "tutup");
  // What she came for first; the numbers follow.
  if (form) await pasangSimpan(form);
  await pasangStatus();
  if (badan.luring) await tulisNama();
  if (akarLuring) await gambarLuring(akarLuring);
  else await pasangTahap(document, () => location.reload());
  if (formLaporan) await pasangLaporan(formLaporan);
  window.addEventListener("poskb:berubah", () => {
    if (!jamKirim) jadwalkanKirim().catch(() => null);
  });
  window.addEventListener("online", lagi);
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) lagi();
  });
  await daftarkanPekerja().catch(() => null);
  await lagi();
}

mulai().catch((galat) => {
  console.warn("Pos KB: tanpa penyimpanan di HP", galat);
  // Private mode, refused, full, or no signal at the first visit: the plain form goes on working.
  if (form) pasangTombol(form);
  tidakBisaMenyimpan(
    "HP ini tidak bisa menyimpan catatan tanpa sinyal (mode privat, penuh, atau ditolak browser). Formulir tetap bisa dikirim selama ada sinyal.",
  );
});
