// Moves of a record (rujuk, tunda, lanjutkan, batal): kept, undoable for some seconds, then sent.
import { antrekan, daftarAntrean, tarik } from "./hp/antrean.js";
import { kirim, mintaDikirim } from "./hp/kirim.js";
import { buat, ikon } from "./dom.js";
import { pita } from "./pita.js";

const TAHAN_MS = 6000;
const ALAMAT = /\/akseptor\/catatan\/([0-9a-f-]{36})\/tahap\/$/;

const idDari = (form) => (ALAMAT.exec(form.getAttribute("action") || "") || [])[1];
const formGerak = (akar) => Array.from(akar.querySelectorAll("form")).filter(idDari);

// One thing at a time: what waits on this phone is said, and nothing else can be pressed until it is through.
async function tandaiMenunggu(akar) {
  const antrean = await daftarAntrean();
  for (const entri of antrean) {
    const form = formGerak(akar).find((f) => idDari(f) === entri.id);
    if (!form) continue;
    const kartu = form.closest(".kartu");
    kartu.querySelectorAll(".aksi-catatan, details").forEach((u) => u.remove());
    const kata =
      entri.keadaan === "tindakan" ? "perlu tindakan Anda" : "masih di HP ini, dikirim sendiri begitu ada sinyal";
    kartu.append(
      buat(
        "a",
        { class: "alert alert-warning", href: `/hp/#${entri.id}` },
        ikon("jam"),
        buat("div", {}, buat("b", {}, entri.judul), `: ${kata}.`),
      ),
    );
  }
}

const sedang = new Set();

async function pindah(form, tombol, sesudah) {
  const id = idDari(form);
  if (sedang.has(id)) return;
  const alasan = form.elements.alasan ? form.elements.alasan.value.trim() : "";
  if (form.elements.alasan && !alasan) {
    form.elements.alasan.focus();
    return;
  }
  sedang.add(id);
  const tindakan = tombol.value;
  const judul = document.querySelector("h1").textContent.trim();
  const catatan = { jenis: "tahap", id, versi: Number(form.elements.versi.value), tindakan, alasan };
  const entri = await antrekan(catatan, `${judul}: ${tombol.textContent.trim().toLowerCase()}`, { tahan: TAHAN_MS });
  pita(`${entri.judul}.`, {
    lama: TAHAN_MS + 50,
    urung: async () => {
      sedang.delete(id);
      if (!(await tarik(entri))) sesudah();
    },
    sesudah: async () => {
      if (navigator.onLine) await kirim({ hanya: id });
      else await mintaDikirim().catch(() => null);
      sesudah();
    },
  });
}

// `sesudah()`: what the page does when it is through.
export async function pasangTahap(akar, sesudah) {
  await tandaiMenunggu(akar);
  formGerak(akar).forEach((form) => {
    form.addEventListener("submit", (acara) => {
      const tombol = acara.submitter || form.querySelector("button[name=tindakan]");
      acara.preventDefault();
      pindah(form, tombol, sesudah).catch(() => {
        // The phone keeps nothing: the plain way, as without scripts.
        form.append(buat("input", { type: "hidden", name: "tindakan", value: tombol.value }));
        form.submit();
      });
    });
  });
}
