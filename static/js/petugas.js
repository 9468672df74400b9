// Keys for the officer. A letter leads to its button and Enter presses it, so that a stray or a held key never signs
// anything. Everything is a link or a button of the page: without this script the page is the same.
const SAKLAR = "poskb-pintasan";
const LANJUT = "poskb-lanjut";
const MENGETIK = "input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]";
const MEMBUKA = "input:not([type=hidden]), textarea";

const panduan = document.getElementById("pintasan");
const semuaBaris = () => Array.from(document.querySelectorAll("[data-baris]"));
const barisIni = () => document.activeElement && document.activeElement.closest("[data-baris]");
const fokus = (baris) => (baris.matches("a") ? baris : baris.querySelector("a")).focus();

// The browser may refuse to keep anything; then the keys work until the page is left.
const ingat = (gudang, nama, nilai) => {
  try {
    if (nilai === undefined) return gudang().getItem(nama);
    if (nilai === null) gudang().removeItem(nama);
    else gudang().setItem(nama, nilai);
  } catch (galat) {
    console.warn("Pos KB: tidak tersimpan", galat);
  }
  return null;
};
const menetap = () => window.localStorage;
const sementara = () => window.sessionStorage;

let menyala = ingat(menetap, SAKLAR) !== "mati";

function pindahBaris(langkah) {
  const baris = semuaBaris();
  if (!baris.length) return;
  const kini = baris.indexOf(barisIni());
  const tuju = kini < 0 ? (langkah > 0 ? 0 : baris.length - 1) : kini + langkah;
  fokus(baris[Math.max(0, Math.min(baris.length - 1, tuju))]);
}

function tuju(unsur) {
  if (unsur.matches("summary")) {
    unsur.parentElement.open = true;
    (unsur.parentElement.querySelector(MEMBUKA) || unsur).focus();
  } else if (unsur.matches("a, input")) unsur.click();
  else unsur.focus();
}

function cari(huruf) {
  const baris = barisIni();
  return (
    (baris && baris.querySelector(`[data-pintas-baris="${huruf}"]`)) ||
    document.querySelector(`[data-pintas="${huruf}"]`)
  );
}

function tutup() {
  const terbuka = document.activeElement && document.activeElement.closest("details[open]");
  if (!terbuka) return false;
  terbuka.open = false;
  terbuka.querySelector("summary").focus();
  return true;
}

function tekan(acara) {
  if (acara.key === "Escape") return tutup();
  if (acara.target.closest(MENGETIK) || !menyala) return false;
  const huruf = acara.key.toLowerCase();
  if (huruf === "b" || huruf === "a") {
    pindahBaris(huruf === "b" ? 1 : -1);
    return true;
  }
  if (acara.repeat) return false;
  if (huruf === "enter") {
    const pertama = document.activeElement === document.body && document.querySelector("[data-menunggu]");
    if (pertama) pertama.click();
    return Boolean(pertama);
  }
  const unsur = /^[a-z?]$/.test(huruf) && cari(huruf);
  if (unsur) tuju(unsur);
  return Boolean(unsur);
}

// Back on the same page after an act: the next thing to decide, unless a refusal stands on top to be read.
function lanjutkan() {
  const dari = ingat(sementara, LANJUT);
  ingat(sementara, LANJUT, null);
  if (dari !== location.pathname || document.querySelector(".alert-danger")) return;
  const baris = document.querySelector(".bertanda[data-baris]");
  if (baris) fokus(baris);
  else {
    const setujui = document.querySelector('[data-pintas="s"]');
    if (setujui) setujui.focus();
  }
}

function pasangSaklar() {
  panduan.hidden = false;
  const saklar = document.getElementById("pakai-pintasan");
  saklar.checked = menyala;
  saklar.addEventListener("change", () => {
    menyala = saklar.checked;
    ingat(menetap, SAKLAR, menyala ? null : "mati");
  });
}

if (panduan) {
  pasangSaklar();
  document.addEventListener("keydown", (acara) => {
    if (acara.ctrlKey || acara.altKey || acara.metaKey || acara.isComposing || acara.defaultPrevented) return;
    if (tekan(acara)) acara.preventDefault();
  });
  // One press, one act: Enter that is held would send the form again before the answer comes.
  document.addEventListener("submit", (acara) => {
    const form = acara.target;
    if (form.dataset.terkirim) acara.preventDefault();
    form.dataset.terkirim = "1";
    ingat(sementara, LANJUT, location.pathname);
  });
  window.addEventListener("pageshow", () => {
    document.querySelectorAll("form[data-terkirim]").forEach((form) => delete form.dataset.terkirim);
  });
  lanjutkan();
}
