// What is being typed in a form is kept as it is typed, and is there again after whatever happened to the page.
import { bacaDraf, hapusDraf, simpanDraf } from "../hp/draf.js";
import { buat, ikon } from "../dom.js";
import { bacaIsi, TANYA, tulisIsi } from "./isi.js";

const JEDA_MS = 250;

// `kunci`: whose typing it is (kind of form and record). Nothing is kept once `lepas` was called.
export class Ketikan {
  constructor(form, kunci) {
    Object.assign(this, { form, kunci, aktif: true, gagal: false });
  }

  async pasang() {
    await this.lanjutkan();
    let jam;
    const ketik = () => {
      clearTimeout(jam);
      jam = setTimeout(() => this.simpan(), JEDA_MS);
    };
    this.form.addEventListener("input", ketik);
    this.form.addEventListener("change", ketik);
    document.addEventListener("visibilitychange", () => { if (document.hidden) this.simpan(); });
    window.addEventListener("pagehide", () => this.simpan());
  }

  simpan() {
    if (!this.aktif) return null;
    const isi = bacaIsi(this.form);
    for (const nama of TANYA) delete isi[nama];
    return simpanDraf(this.kunci, isi).catch(() => this.tidakTersimpan());
  }

  // Said once, above the form; what she typed stands on the page.
  tidakTersimpan() {
    if (this.gagal) return;
    this.gagal = true;
    this.form.before(buat(
      "div", { class: "alert alert-warning", role: "status" }, ikon("peringatan"),
      buat("div", {}, "HP ini tidak bisa menjaga ketikan Anda (ruang penuh atau browser menolak). Jangan tutup halaman ini sebelum disimpan."),
    ));
  }

  // Silently back to where she was, with one line that says so. What the server sent back with errors is newer.
  async lanjutkan() {
    const draf = !this.form.dataset.terikat && (await bacaDraf(this.kunci));
    if (!draf) return;
    tulisIsi(this.form, draf);
    const ulang = () => { this.lepas().then(() => location.reload()); };
    this.form.before(buat(
      "div", { class: "alert alert-info", role: "status", id: "lanjutkan-isian" }, ikon("ubah"),
      buat("div", {}, buat("b", {}, "Lanjutkan isian. "), "Yang tadi diketik masih ada. ",
        buat("button", { type: "button", class: "btn-tautan", onclick: ulang }, "Mulai dari kosong")),
    ));
  }

  // The record is elsewhere now: nothing is kept any more.
  async lepas() {
    this.aktif = false;
    await hapusDraf(this.kunci);
  }
}
