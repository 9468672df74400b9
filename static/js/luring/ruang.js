// Room on the phone, and the rescue file.
import { buat, ikon } from "../dom.js";
import { buatCadangan } from "../hp/cadangan.js";
import { mintaTetap, ruang } from "../hp/ruang.js";

export async function bagianRuang(segarkan) {
  const r = await ruang();
  if (!r) return null;
  const minta = async () => {
    await mintaTetap();
    segarkan();
  };
  return buat(
    "section",
    { class: "kartu" },
    buat("h2", {}, "Ruang di HP"),
    buat(
      "p",
      {},
      `Terpakai ${r.terpakai} dari ${r.jatah}.`,
      r.sempit ? buat("b", {}, " Hampir penuh: kirim catatan yang menunggu, lalu kosongkan ruang HP.") : "",
    ),
    r.tetap
      ? buat("p", {}, ikon("dilayani"), " Browser berjanji tidak menghapus catatan Anda sendiri.")
      : [
          buat(
            "p",
            {},
            "Browser boleh menghapus isi HP ini bila ruang habis. Tekan tombol ini supaya catatan yang belum terkirim tetap disimpan. Menghapus data browser sendiri tetap menghapusnya.",
          ),
          buat("button", { type: "button", class: "btn btn-outline-primary", onclick: minta }, "Jaga catatan saya"),
        ],
  );
}

export function bagianCadangan(antrean, ringkas) {
  if (!antrean.length || !ringkas.cadangan) return null;
  const pesan = buat("p", { role: "status" });
  const simpan = async () => {
    await buatCadangan(antrean, ringkas.cadangan);
    pesan.textContent =
      "Berkas cadangan sudah dibuat. Kirim lewat WhatsApp kepada petugas PLKB Anda; hanya server Pos KB yang bisa membukanya.";
  };
  return buat(
    "section",
    { class: "kartu" },
    buat("h2", {}, "Simpan cadangan"),
    buat(
      "p",
      {},
      "Bila sinyal tidak kunjung ada atau HP bermasalah: simpan berkas tersandi berisi catatan yang menunggu. Catatan di HP tetap ada dan tidak akan tercatat dua kali.",
    ),
    buat(
      "button",
      {
        type: "button",
        class: "btn btn-outline-primary",
        onclick: () =>
          simpan().catch(() => {
            pesan.textContent = "Berkas belum bisa dibuat. Coba sekali lagi.";
          }),
      },
      ikon("unduh"),
      " Simpan cadangan",
    ),
    pesan,
  );
}
