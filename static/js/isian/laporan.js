// The monthly report: kept while it is typed; without signal it stays on the phone instead of going into the void.
import { tunjukkanGalat } from "./galat.js";
import { pasangImbang } from "./imbang.js";
import { Ketikan } from "./ketikan.js";

export async function pasangLaporan(form) {
  const { versi } = form.elements;
  const ketikan = new Ketikan(form, `laporan:${location.pathname}`, versi.value);
  // Typed on a version that somebody has saved over since: the server shows the newest values beside hers.
  versi.value = (await ketikan.pasang()) || versi.value;
  pasangImbang(form);
  form.addEventListener("submit", async (acara) => {
    if (navigator.onLine) {
      ketikan.tandaiDikirim();
      return;
    }
    acara.preventDefault();
    await ketikan.simpan();
    tunjukkanGalat(form, {
      pesan:
        "Belum ada sinyal. Angka yang Anda ketik disimpan di HP ini; buka lagi halaman ini saat ada sinyal, lalu kirim.",
    });
  });
}
