// The wall screen: turns the slides, keeps them up to date, and goes on with the last numbers when the line, the server or
// the session is gone. Space stops and goes on, arrows turn, F fills the screen.
import { jagaTetapBaru, tulisJam as tulisWib } from "./dasbor/hidup.js";

const LAMA_SLIDE = 12000;
const DIAM_SESUDAH = 4000;
// A wall has no hand to help it: ask again soon, also after hours without a line.
const JEDA_TERLAMA = 8000;
const isi = document.getElementById("layar-isi");
const kabar = document.getElementById("kabar");
const titik = document.getElementById("titik");
const tombolJeda = document.getElementById("jeda");
const gaya = document.querySelector("[data-gaya]").dataset.gaya;
let kini = 0;
let giliran = 0;
let masalah = null;

// The product's clock, not the television's.
const jam = document.getElementById("jam");
const selisih = new Date(jam.dataset.kini).getTime() - Date.now();
const tulisJam = (saat) => tulisWib(new Date(saat.getTime() + selisih));

const slide = () => [...isi.querySelectorAll(".slide")];
const dijeda = () => tombolJeda.getAttribute("aria-pressed") === "true";

function pilih(n) {
  const semua = slide();
  kini = (n + semua.length) % semua.length;
  semua.forEach((s, i) => {
    s.classList.toggle("tampil", i === kini);
    s.setAttribute("aria-hidden", String(i !== kini));
  });
  titik.replaceChildren(
    ...semua.map((_, i) => {
      const satu = document.createElement("i");
      if (i === kini) satu.className = "kini";
      return satu;
    }),
  );
}

function tampilkan(n) {
  pilih(n);
  clearTimeout(giliran);
  if (!dijeda()) giliran = setTimeout(() => tampilkan(kini + 1), LAMA_SLIDE);
}

// What is wrong comes first; else how fresh the numbers are.
function katakan() {
  const keadaan = isi.querySelector(".keadaan").dataset;
  kabar.classList.toggle("putus", Boolean(masalah || keadaan.basi));
  const teks = masalah ? masalah.teks : keadaan.kabar;
  if (kabar.textContent !== teks) kabar.textContent = teks;
  if (masalah && masalah.tautan) {
    const a = document.createElement("a");
    a.href = masalah.tautan;
    a.textContent = "Masuk lagi";
    kabar.append(" ", a);
  }
}

// Load anew only what can be loaded: a page that is not there would leave the wall empty.
async function muatUlangBilaBisa() {
  const jawaban = await fetch(window.location.href, { credentials: "same-origin", redirect: "manual" });
  if (jawaban.ok) window.location.reload();
  return jawaban.type === "opaqueredirect" || jawaban.status === 403;
}

let putusSejak = null;
jagaTetapBaru(isi, {
  jedaTerlama: JEDA_TERLAMA,
  pasang(html) {
    isi.innerHTML = html;
    // The slide that is being read stays for the rest of its time.
    pilih(kini);
    // The server was updated: these slides were made for another style.
    if (isi.querySelector("[data-gaya]").dataset.gaya !== gaya) muatUlangBilaBisa().catch(() => {});
  },
  sambungan(putus, terakhir) {
    putusSejak = putus ? putusSejak || terakhir : null;
    masalah = putus && {
      teks: `Sambungan terputus sejak ${tulisJam(putusSejak)}. Angka terakhir pukul ${tulisJam(terakhir)}; kami mencoba lagi.`,
    };
    katakan();
  },
  async habis(terakhir) {
    if (await muatUlangBilaBisa())
      masalah = {
        teks: `Sesi berakhir. Angka terakhir pukul ${tulisJam(terakhir)}.`,
        tautan: isi.dataset.masuk,
      };
    katakan();
  },
});

function detak() {
  const saat = new Date(Date.now() + selisih);
  const pilihan = { timeZone: "Asia/Jakarta", hour: "2-digit", minute: "2-digit" };
  const tanggal = { timeZone: "Asia/Jakarta", weekday: "long", day: "numeric", month: "long" };
  jam.textContent = `${saat.toLocaleDateString("id-ID", tanggal)} · ${saat.toLocaleTimeString("id-ID", pilihan)}`;
}

function jeda() {
  tombolJeda.setAttribute("aria-pressed", String(!dijeda()));
  tombolJeda.textContent = dijeda() ? "Lanjutkan" : "Jeda";
  tampilkan(kini);
}

function penuh() {
  if (document.fullscreenElement) document.exitFullscreen();
  else document.documentElement.requestFullscreen().catch(() => {});
}

async function tetapMenyala() {
  // Where there is no wake lock the television's own setting decides.
  if (navigator.wakeLock && !document.hidden) await navigator.wakeLock.request("screen").catch(() => {});
}

let diam = 0;
function bangun() {
  document.body.classList.remove("diam");
  clearTimeout(diam);
  diam = setTimeout(() => document.body.classList.add("diam"), DIAM_SESUDAH);
}

document.addEventListener("keydown", (e) => {
  bangun();
  if (e.key === " " && e.target.tagName !== "BUTTON") jeda();
  else if (e.key === "ArrowRight") tampilkan(kini + 1);
  else if (e.key === "ArrowLeft") tampilkan(kini - 1);
  else if (e.key === "f" || e.key === "F") penuh();
  else return;
  e.preventDefault();
});
document.addEventListener("mousemove", bangun);
document.addEventListener("visibilitychange", tetapMenyala);
tombolJeda.addEventListener("click", jeda);
document.getElementById("penuh").addEventListener("click", penuh);
document.body.classList.add("bergilir");
bangun();
detak();
setInterval(detak, 1000);
tampilkan(0);
katakan();
tetapMenyala();
