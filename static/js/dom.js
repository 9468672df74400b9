// Makes elements; every text goes in as text, never as markup.
export function buat(nama, sifat = {}, ...isi) {
  const unsur = document.createElement(nama);
  for (const [kunci, nilai] of Object.entries(sifat)) {
    if (nilai === null || nilai === undefined || nilai === false) continue;
    if (kunci.startsWith("on")) unsur.addEventListener(kunci.slice(2), nilai);
    else unsur.setAttribute(kunci, nilai === true ? "" : nilai);
  }
  unsur.append(...isi.flat(Infinity).filter((x) => x !== null && x !== undefined && x !== false && x !== ""));
  return unsur;
}

// An icon of our sprite; its address is on the page (hashed by the build).
export function ikon(nama) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "ikon");
  svg.setAttribute("aria-hidden", "true");
  const pakai = document.createElementNS("http://www.w3.org/2000/svg", "use");
  pakai.setAttribute("href", `${document.body.dataset.ikon}#${nama}`);
  svg.append(pakai);
  return svg;
}

const BULAN = "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split(" ");

// "2021-07-08" as people read it.
export function tulisTanggal(iso) {
  if (!iso) return "";
  const [tahun, bulan, hari] = iso.slice(0, 10).split("-").map(Number);
  return `${hari} ${BULAN[bulan - 1]} ${tahun}`;
}
