// Builds build/static: one stylesheet, one font, one sprite of the icons we use, small scripts, charts for the dashboard.
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import * as sass from "sass";
import subsetFont from "subset-font";

const sini = dirname(fileURLToPath(import.meta.url));
const akar = dirname(sini);
const hasil = join(akar, "build", "static");
const paket = join(akar, "node_modules");

// Our name of an icon: the file of bootstrap-icons it is drawn from.
const IKON = {
  rumah: "house-door",
  orang: "people",
  tambah: "plus-lg",
  laporan: "journal-text",
  grafik: "bar-chart-line",
  pengaturan: "gear",
  keluar: "box-arrow-right",
  calon: "person",
  dirujuk: "signpost-2",
  dilayani: "check-circle",
  terverifikasi: "patch-check-fill",
  ditunda: "pause-circle",
  batal: "x-circle",
  dikembalikan: "arrow-return-left",
  belum: "circle",
  draf: "pencil",
  dikirim: "send",
  disetujui: "patch-check-fill",
  cari: "search",
  peringatan: "exclamation-triangle",
  info: "info-circle",
  kunci: "lock",
  kanan: "chevron-right",
  kiri: "chevron-left",
  jam: "clock",
  lokasi: "geo-alt",
  telepon: "telephone",
  ubah: "pencil-square",
  kosong: "inbox",
  hati: "heart-pulse",
  cetak: "printer",
  kegiatan: "calendar2-check",
  hapus: "trash",
  ponsel: "phone",
  unduh: "download",
  petugas: "person-badge",
  wa: "whatsapp",
  kampanye: "bullseye",
};

rmSync(hasil, { recursive: true, force: true });
for (const folder of ["css", "js", "img", "font"]) mkdirSync(join(hasil, folder), { recursive: true });

// Officers' pages, the wall screen and the photo have sheets of their own: no phone carries them to the form.
for (const nama of ["poskb", "petugas", "foto", "layar"]) {
  const css = sass.compile(join(sini, "scss", `${nama}.scss`), {
    loadPaths: [paket],
    style: "compressed",
    quietDeps: true,
    silenceDeprecations: ["import", "global-builtin", "color-functions", "if-function"],
  });
  writeFileSync(join(hasil, "css", `${nama}.css`), css.css);
}

// Only the letters and weights that are used; what is rarer comes from the phone's own font.
const HURUF =
  Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i)).join("") +
  "\u00a0·•–—‘’“”…←→↑↓×÷°±²³½¼−≈≤≥éèêëáàâäãåíìîïóòôöõúùûüñçÉÈÁÍÓÚÑÜÖÄ©®«»";
const font = readFileSync(
  join(paket, "@fontsource-variable/plus-jakarta-sans/files/plus-jakarta-sans-latin-wght-normal.woff2"),
);
const pilihan = { targetFormat: "woff2", variationAxes: { wght: { min: 400, max: 800 } } };
writeFileSync(join(hasil, "font", "jakarta.woff2"), await subsetFont(font, HURUF, pilihan));
cpSync(join(sini, "img"), join(hasil, "img"), { recursive: true });

const simbol = Object.entries(IKON).map(([nama, berkas]) => {
  const svg = readFileSync(join(paket, "bootstrap-icons", "icons", `${berkas}.svg`), "utf8");
  const isi = svg.replace(/^[\s\S]*?<svg[^>]*>/, "").replace(/<\/svg>\s*$/, "");
  return `<symbol id="${nama}" viewBox="0 0 16 16">${isi}</symbol>`;
});
writeFileSync(join(hasil, "img", "ikon.svg"), `<svg xmlns="http://www.w3.org/2000/svg">${simbol.join("")}</svg>`);

await esbuild.build({
  entryPoints: ["kader", "masuk", "sw", "dasbor", "layar", "petugas", "ekspor", "ringkasan", "foto", "bagian", "kode", "serah"].map(
    (nama) => join(sini, "js", `${nama}.js`),
  ),
  outdir: join(hasil, "js"),
  bundle: true,
  minify: true,
  target: "es2017",
  define: { "process.env.NODE_ENV": '"production"' },
  legalComments: "none",
  logLevel: "warning",
});
