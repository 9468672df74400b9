// What is being typed in a form is kept as it is typed, and is there again after whatever happened to the page.
//
// Kept is only what she changed against the form as it was opened: never an id, a date that the system filled in, or the
// NIK of a record that the server has. With it goes the version that she saw: typed on an older one, the server answers
// with both (konflik) instead of losing the newer.
import { bacaDraf, hapusDraf, simpanDraf } from "../hp/draf.js";
import { buat, ikon } from "../dom.js";
import { bacaIsi, TANYA, tulisIsi } from "./isi.js";

const JEDA_MS = 250;
const BUKAN_KETIKAN = new Set([...TANYA, "id", "versi", "jenis", "akseptor"]);

// `kunci`: whose typing it is (kind of form and record); `versi`: of the record as the form shows it.
export class Ketikan {
  constructor(form, kunci, versi = "") {
    Object.assign(this, { form, kunci, versi: String(versi || ""), aktif: true, gagal: false, diketik: false });
  }

  // Resolves to the version that stands behind what is typed now.
  async pasang() {
    this.awal = bacaIsi(this.form);
    await this.lanjutkan();
    let jam;
    const ketik = () => {
      this.diketik = true;
      clearTimeout(jam);
      jam = setTimeout(() => this.simpan(), JEDA_MS);
    };
    this.form.addEventListener("input", ketik);
    this.form.addEventListener("change", ketik);
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) this.simpan();
    });
    window.addEventListener("pagehide", () => this.simpan());
    return this.versi;
  }

  simpan() {
    if (!this.aktif || !this.diketik) return null;
    const beda = Object.entries(bacaIsi(this.form)).filter(
      ([nama, nilai]) => !BUKAN_KETIKAN.has(nama) && nilai !== this.awal[nama],
    );
    const simpan = (isi) => simpanDraf(this.kunci, { isi, versi: this.versi, dikirim: this.dikirim });
    const ketikan = Object.fromEntries(beda);
    this.menulis = simpan(ketikan).catch(() => {
      this.tidakTersimpan();
      // The words may have room where the photo has none.
      return ketikan.foto && simpan({ ...ketikan, foto: "" }).catch(() => null);
    });
    return this.menulis;
  }

  // Said once, above the form; what she typed stands on the page.
  tidakTersimpan() {
    if (this.gagal) return;
    this.gagal = true;
    this.form.before(
      buat(
        "div",
        { class: "alert alert-warning", role: "status" },
        ikon("peringatan"),
        buat(
          "div",
          {},
          "HP ini tidak bisa menjaga ketikan Anda (ruang penuh atau browser menolak). Jangan tutup halaman ini sebelum disimpan.",
        ),
      ),
    );
  }

  // Silently back to where she was, with one line that says so. What the server sent back with errors is newer.
  async lanjutkan() {
    const draf = !this.form.dataset.terikat && (await bacaDraf(this.kunci));
    if (!draf || !draf.isi || !Object.keys(draf.isi).length) return;
    if (draf.dikirim && draf.versi !== this.versi) {
      // It was on its way when the page went, and it has arrived: the record is another version now.
      await hapusDraf(this.kunci);
      return;
    }
    tulisIsi(this.form, draf.isi);
    Object.assign(this, { versi: draf.versi, diketik: true });
    const ulang = () => {
      this.lepas().then(() => location.reload());
    };
    this.form.before(
      buat(
        "div",
        { class: "alert alert-info", role: "status", id: "lanjutkan-isian" },
        ikon("ubah"),
        buat(
          "div",
          {},
          buat("b", {}, "Lanjutkan isian. "),
          "Yang tadi diketik masih ada. ",
          buat("button", { type: "button", class: "btn-tautan", onclick: ulang }, "Mulai dari kosong"),
        ),
      ),
    );
  }

  // The page sends the form itself and goes: whether it arrived is seen at the next opening.
  tandaiDikirim() {
    this.dikirim = true;
    return this.simpan();
  }

  // The record is elsewhere now: nothing is kept any more.
  async lepas() {
    this.aktif = false;
    // A writing that is under way would come after the removal.
    await this.menulis;
    await hapusDraf(this.kunci);
  }
}
