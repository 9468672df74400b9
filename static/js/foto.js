// The one photo of an activity: made small here, then it is a field like any other, so that it is kept as it is typed, queued,
// encrypted and sent the same way. Without this script the page posts the file as it is and the server makes it small.
import { buat, ikon } from "./dom.js";

const SISI = [1280, 1024, 800, 640];
const MUTU = [0.8, 0.65, 0.5];
const TERBESAR = 150000;
const BUKAN_FOTO = "Ini bukan foto yang bisa dibuka HP ini. Pilih foto lain.";
const PENUH =
  "Fotonya tidak ikut: ruang HP penuh. Isian yang lain tetap disimpan; tambahkan fotonya lewat Ubah setelah ada ruang.";

// Upright, whatever the camera wrote about how it was held.
async function bukaGambar(berkas) {
  if (self.createImageBitmap) {
    const bitmap = await createImageBitmap(berkas, { imageOrientation: "from-image" }).catch(() => null);
    if (bitmap) return bitmap;
  }
  const alamat = URL.createObjectURL(berkas);
  try {
    return await new Promise((selesai, gagal) => {
      const img = new Image();
      img.onload = () => selesai(img);
      img.onerror = gagal;
      img.src = alamat;
    });
  } finally {
    URL.revokeObjectURL(alamat);
  }
}

function lukis(gambar, sisi) {
  const skala = Math.min(1, sisi / Math.max(gambar.width, gambar.height));
  const kanvas = document.createElement("canvas");
  kanvas.width = Math.max(1, Math.round(gambar.width * skala));
  kanvas.height = Math.max(1, Math.round(gambar.height * skala));
  const kuas = kanvas.getContext("2d");
  kuas.fillStyle = "#fff";
  kuas.fillRect(0, 0, kanvas.width, kanvas.height);
  kuas.drawImage(gambar, 0, 0, kanvas.width, kanvas.height);
  return kanvas;
}

const jadiJpeg = (kanvas, mutu) => new Promise((selesai) => kanvas.toBlob(selesai, "image/jpeg", mutu));

const jadiTeks = (blob) =>
  new Promise((selesai, gagal) => {
    const pembaca = new FileReader();
    pembaca.onload = () => selesai(pembaca.result.slice(pembaca.result.indexOf(",") + 1));
    pembaca.onerror = gagal;
    pembaca.readAsDataURL(blob);
  });

// A canvas knows only pixels: place, time and phone stay behind. As large and as good as fits.
async function kecilkan(berkas) {
  const gambar = await bukaGambar(berkas);
  let blob = null;
  for (const sisi of SISI) {
    const kanvas = lukis(gambar, sisi);
    for (const mutu of MUTU) {
      blob = await jadiJpeg(kanvas, mutu);
      if (blob && blob.size <= TERBESAR) return jadiTeks(blob);
    }
  }
  if (!blob) throw new Error("kanvas");
  return jadiTeks(blob);
}

class Foto {
  constructor(form) {
    this.form = form;
    this.pilih = form.elements.foto;
    this.wadah = document.getElementById("div_id_foto");
    const tersimpan = form.querySelector(".foto-ada");
    // What the server has: its picture where the page shows one, else only that there is one.
    this.gambarServer = tersimpan && tersimpan.querySelector("a");
    this.ada = Boolean(tersimpan);
    this.terbuang = null;
    this.sibuk = false;
    if (tersimpan) tersimpan.remove();
    this.rakit();
    this.tampilkan();
  }

  rakit() {
    this.pilih.removeAttribute("name");
    this.pilih.classList.add("visually-hidden");
    this.isi = buat("input", { type: "hidden", name: "foto" });
    this.hapus = buat("input", { type: "hidden", name: "hapus_foto" });
    this.gambar = buat("div", { class: "foto-pratinjau" });
    this.tambah = buat("label", { class: "btn btn-outline-primary", for: this.pilih.id });
    this.buang = buat(
      "button",
      { type: "button", class: "btn btn-outline-danger", onclick: () => this.hapusFoto() },
      ikon("hapus"),
      " Hapus foto",
    );
    this.urung = buat(
      "button",
      { type: "button", class: "btn btn-outline-secondary", onclick: () => this.urungkan() },
      "Urungkan",
    );
    this.status = buat("p", { class: "form-text", role: "status" });
    const tombol = buat("div", { class: "baris-tombol" }, this.tambah, this.buang, this.urung);
    this.pilih.after(this.isi, this.hapus, this.gambar, this.status, tombol);
    this.pilih.addEventListener("change", () => this.ambil());
    this.form.addEventListener("poskb:diisi", (acara) => this.diisi(acara.detail || {}));
    this.form.addEventListener("poskb:penuh", () => this.penuh());
    this.form.addEventListener("submit", (acara) => this.tahan(acara), true);
  }

  // A draft, the outbox or the short list has written into the form.
  diisi({ ada_foto: ada }) {
    if (ada !== undefined) this.ada = Boolean(ada);
    this.terbuang = null;
    this.tampilkan();
  }

  async ambil() {
    const [berkas] = this.pilih.files;
    if (!berkas) return;
    this.galat("");
    this.sibuk = true;
    this.tampilkan();
    const teks = await kecilkan(berkas).catch(() => "");
    if (teks) {
      this.isi.value = teks;
      this.hapus.value = "";
      this.terbuang = null;
    } else this.galat(BUKAN_FOTO);
    // The same file can be chosen again.
    this.pilih.value = "";
    this.sibuk = false;
    this.tampilkan();
    this.kabarkan();
    const lanjut = this.tertahan && teks;
    this.tertahan = false;
    if (lanjut) this.form.querySelector("button[type=submit]").click();
  }

  // Pressed while the photo is still being made small: saved when it is.
  tahan(acara) {
    if (!this.sibuk) return;
    acara.preventDefault();
    acara.stopImmediatePropagation();
    this.tertahan = true;
  }

  hapusFoto() {
    this.terbuang = { isi: this.isi.value, hapus: this.hapus.value };
    // Also for what this phone sent and nobody knows whether it arrived.
    this.isi.value = "";
    this.hapus.value = "on";
    this.tampilkan();
    this.kabarkan();
    this.urung.focus();
  }

  urungkan() {
    this.isi.value = this.terbuang ? this.terbuang.isi : "";
    this.hapus.value = this.terbuang ? this.terbuang.hapus : "";
    this.terbuang = null;
    this.tampilkan();
    this.kabarkan();
    this.pilih.focus();
  }

  // The phone keeps no photo any more; the rest has been saved without it.
  penuh() {
    this.isi.value = "";
    this.tampilkan();
    this.form.before(
      buat("div", { class: "alert alert-warning", role: "alert" }, ikon("peringatan"), buat("div", {}, PENUH)),
    );
  }

  kabarkan() {
    this.isi.dispatchEvent(new Event("input", { bubbles: true }));
  }

  galat(pesan) {
    this.wadah.querySelectorAll(".invalid-feedback").forEach((u) => u.remove());
    if (pesan) this.wadah.append(buat("div", { class: "invalid-feedback", role: "alert" }, pesan));
  }

  // [picture, sentence]
  keadaan() {
    if (this.sibuk) return [null, "Mengecilkan foto…"];
    if (this.isi.value) {
      const src = `data:image/jpeg;base64,${this.isi.value}`;
      return [buat("img", { src, alt: "Foto yang dipilih" }), "Ikut tersimpan bersama kegiatan ini."];
    }
    if (this.hapus.value)
      return [null, this.ada ? "Foto dihapus saat Anda menekan Simpan." : "Foto tidak jadi dipakai."];
    if (this.ada) return [this.gambarServer, this.gambarServer ? "" : "Fotonya sudah ada di server."];
    return [null, ""];
  }

  tampilkan() {
    const [gambar, kalimat] = this.keadaan();
    const berfoto = Boolean(this.isi.value) || (this.ada && !this.hapus.value);
    this.gambar.replaceChildren(...(gambar ? [gambar] : []));
    this.status.textContent = kalimat;
    this.status.hidden = !kalimat;
    this.tambah.replaceChildren(ikon(berfoto ? "ubah" : "tambah"), berfoto ? " Ganti foto" : " Tambah foto");
    this.buang.hidden = !berfoto || this.sibuk;
    this.urung.hidden = !this.hapus.value || !(this.terbuang || this.ada);
  }
}

const form = document.getElementById("isian-kegiatan");
if (form && form.elements.foto && form.elements.foto.type === "file") {
  new Foto(form);
  form.dataset.foto = "1";
}
