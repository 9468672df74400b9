// Saving: first to the outbox of this phone, then to the server, and a clear word on which of the two has it.
import { antrekan, antrekanLagi, lihatAntrean, tarik } from "../hp/antrean.js";
import { kirim, kirimLangsung, mintaDikirim } from "../hp/kirim.js";
import { mintaTetap, ruang } from "../hp/ruang.js";
import { buat, ikon } from "../dom.js";
import { hapusGalat, tunjukkanGalat } from "./galat.js";
import { bacaIsi } from "./isi.js";
import { Ketikan } from "./ketikan.js";
import { periksaDiHp } from "./periksa.js";

const SABAR_MS = 10000;

// Asked when there is something to keep, with the reason; some browsers answer with a question of their own.
async function tawarkanTetap(panel) {
  const r = await ruang();
  if (!r || r.tetap) return;
  const baris = buat("p", { class: "kecil" }, "Browser boleh menghapus isi HP ini bila ruang habis. ");
  const minta = async () => {
    baris.textContent = (await mintaTetap())
      ? "Browser berjanji menyimpan catatan Anda."
      : "Browser belum mau berjanji: kirim catatan begitu ada sinyal.";
  };
  baris.append(buat("button", { type: "button", class: "btn-tautan", onclick: minta }, "Jaga catatan saya"));
  panel.append(baris);
}

// One form on one page. `mula`: {kunci: name of its draft, entri: what she reopened from the outbox, versi, tetap}.
export class Simpan {
  constructor(form, { jenis, mula, judul }) {
    Object.assign(this, { form, jenis, judul, entri: mula.entri || null, versi: mula.versi, tetap: mula.tetap || [] });
    this.ketikan = new Ketikan(form, `${jenis}:${mula.kunci}`, mula.versi);
    this.tombol = form.querySelector("button[type=submit]");
    this.sibuk = false;
  }

  async pasang() {
    this.versi = await this.ketikan.pasang();
    this.form.addEventListener("submit", (acara) => {
      acara.preventDefault();
      this.simpan();
    });
    this.form.dataset.siap = "1";
  }

  muatan() {
    const isi = bacaIsi(this.form);
    if (this.jenis !== "akseptor") isi.jenis = this.jenis;
    if (this.entri && this.entri.catatan.akseptor) isi.akseptor = this.entri.catatan.akseptor;
    if (this.versi) isi.versi = Number(this.versi);
    else delete isi.versi;
    // What this phone does not hold of a received record stays as it is on the server unless she typed it.
    for (const nama of this.tetap) if (!isi[nama]) delete isi[nama];
    return isi;
  }

  async simpan() {
    if (this.sibuk) return;
    const isi = this.muatan();
    const galat = periksaDiHp(this.form, isi);
    if (galat) {
      tunjukkanGalat(this.form, { galat });
      return;
    }
    this.tandaiSibuk(true);
    if (!(await this.antre(isi).catch(() => this.gudangPenuh(isi)))) {
      this.tandaiSibuk(false);
      return;
    }
    try {
      // Before the word is said: whoever goes on at once finds an empty form.
      await this.ketikan.lepas().catch(() => null);
      await this.kirimSekarang();
    } finally {
      this.tandaiSibuk(false);
    }
  }

  async antre(isi) {
    const judul = this.judul(this.form);
    const draf = this.ketikan.kunci;
    this.entri = this.entri ? await antrekanLagi(this.entri, isi, judul) : await antrekan(isi, judul, { draf });
    return true;
  }

  async kirimSekarang() {
    if (!navigator.onLine) {
      this.tunjukkanHasil(null, "");
      mintaDikirim().catch(() => null);
      return;
    }
    this.tulisTombol("Tersimpan di HP, mengirim…");
    const hasil = await kirim({ hanya: this.entri.id, tanya: true, batas: SABAR_MS });
    if (hasil.nonaktif) return;
    if (hasil.status === 0) {
      mintaDikirim().catch(() => null);
      this.entri = { ...this.entri, dicoba: true };
      this.tunjukkanHasil(null, "");
      return;
    }
    // As it stands now, whoever sent it: this page, another one or the worker.
    const kini = await lihatAntrean(this.entri);
    if (kini && kini.keadaan === "tindakan") {
      this.entri = kini;
      this.tunjukkanPenolakan(kini.tanda);
    } else {
      const tanda = kini ? null : hasil.tanda.get(this.entri.urut) || {};
      this.tunjukkanHasil(
        tanda,
        hasil.status === 401 ? "Sesi Anda berakhir: masuk lagi, lalu catatan ini dikirim sendiri." : hasil.pesan,
      );
    }
  }

  tunjukkanPenolakan(tanda) {
    if (tanda.hasil === "konflik") {
      location.assign(`/hp/#${this.entri ? this.entri.id : ""}`);
      return;
    }
    this.ketikan.aktif = true;
    tunjukkanGalat(this.form, tanda);
  }

  tunjukkanHasil(tanda, pesan) {
    hapusGalat(this.form);
    const diHp = !tanda;
    const lagi = () => location.assign(`/${this.jenis}/baru/`);
    const urung = async () => {
      if (!(await tarik(this.entri))) {
        tombolUrung.replaceWith(buat("p", {}, "Sudah terlanjur dikirim. Buka catatannya untuk mengubah."));
        return;
      }
      this.entri = null;
      this.ketikan.aktif = true;
      panel.remove();
      this.form.hidden = false;
      await this.ketikan.simpan();
    };
    const tombolUrung =
      diHp && this.entri && !this.entri.dicoba
        ? buat("button", { type: "button", class: "btn btn-outline-secondary", onclick: urung }, "Urungkan")
        : null;
    const keadaan = diHp
      ? pesan || "Masih di HP ini. Dikirim sendiri begitu ada sinyal; Anda boleh menutup halaman ini."
      : tanda.hasil === "sudah_ada"
        ? "Sudah diterima server sebelumnya, jadi tidak dicatat dua kali."
        : tanda.pesan || "Diterima server.";
    const panel = buat(
      "section",
      { class: `hasil-simpan ${diHp ? "di-hp" : "diterima"}`, id: "hasil-simpan", tabindex: "-1", role: "status" },
      ikon(diHp ? "ponsel" : "dilayani"),
      buat("h2", {}, `Tersimpan: ${this.judul(this.form)}`),
      buat("p", {}, keadaan),
      buat(
        "div",
        { class: "baris-tombol" },
        buat("button", { type: "button", class: "btn btn-utama", onclick: lagi }, ikon("tambah"), " Catat lagi"),
        buat("a", { class: "btn btn-outline-primary", href: `/${this.jenis}/` }, "Ke daftar"),
        tombolUrung,
      ),
    );
    const lanjut = document.getElementById("lanjutkan-isian");
    if (lanjut) lanjut.remove();
    this.form.hidden = true;
    this.form.before(panel);
    panel.focus();
    window.scrollTo(0, 0);
    if (diHp) tawarkanTetap(panel).catch(() => null);
  }

  // The phone keeps nothing more: straight to the server while there is a line; without one the page must stay open.
  // Resolves to whether the phone keeps it all the same.
  async gudangPenuh(isi) {
    const { tanda, pesan } = navigator.onLine ? await kirimLangsung(this.jenis, isi, SABAR_MS) : {};
    const gagal =
      "HP ini tidak bisa menyimpan lagi (ruang penuh atau browser menolak) dan server belum terjangkau. " +
      "Isian Anda masih ada di halaman ini: jangan ditutup. Kosongkan ruang HP atau cari sinyal, lalu simpan lagi.";
    // Without its photo the rest may still find room; the photo's own script says so (foto.js).
    if (!tanda && isi.foto && (await this.antre({ ...isi, foto: "" }).catch(() => false))) {
      this.form.dispatchEvent(new Event("poskb:penuh"));
      return true;
    }
    if (!tanda) tunjukkanGalat(this.form, { pesan: pesan || gagal });
    else if (tanda.hasil === "ditolak" || tanda.hasil === "konflik") tunjukkanGalat(this.form, tanda);
    else this.tunjukkanHasil(tanda, "");
    return false;
  }

  tandaiSibuk(sibuk) {
    this.sibuk = sibuk;
    if (!this.tombol) return;
    this.tulisan = this.tulisan || this.tombol.lastChild.textContent;
    this.tombol.disabled = sibuk;
    this.tulisTombol(sibuk ? "Menyimpan…" : this.tulisan);
  }

  tulisTombol(teks) {
    if (this.tombol) this.tombol.lastChild.textContent = ` ${teks.trim()}`;
  }
}
