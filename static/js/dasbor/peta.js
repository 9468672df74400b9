// The map with real boundaries, where an operator has loaded some; else the tiles of the page stay.
import { MapChart } from "echarts/charts";
import { TooltipComponent } from "echarts/components";
import * as echarts from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { ARANG, HURUF, tulisAngka } from "./tulis.js";

echarts.use([MapChart, TooltipComponent, SVGRenderer]);

const NAMA = "kecamatan";
// By class of coverage, 1 to 5, 0 without a target: the colours of the tiles (_dasbor.scss), and a pattern for who sees
// no colour; the key has the same (.berpola).
const KELAS = [
  { warna: "#ece8e0", huruf: ARANG },
  { warna: "#fffaf3", huruf: ARANG },
  { warna: "#f8dfc8", huruf: ARANG, pola: [[1, 0], [2, 9], -Math.PI / 4] },
  { warna: "#e5aa80", huruf: ARANG, pola: [[1, 0], [3, 6], Math.PI / 4] },
  { warna: "#8f3f1d", huruf: "#fff" },
  { warna: "#4a1d0a", huruf: "#fff", pola: [[1, 0], [2, 6], 0] },
];
let siap = false;

async function muat(alamat) {
  const jawaban = await fetch(alamat, { credentials: "same-origin", cache: "no-cache" });
  if (!jawaban.ok) throw new Error(String(jawaban.status));
  echarts.registerMap(NAMA, await jawaban.json());
  siap = true;
}

const persen = (n) => (Number.isNaN(n) ? "tanpa target" : `${tulisAngka(n)} %`);

function butir(w) {
  const gaya = KELAS[w.kelas];
  const pola = gaya.pola && {
    symbol: "rect",
    color: gaya.huruf === "#fff" ? "rgba(255,255,255,.35)" : "rgba(122,49,18,.3)",
    dashArrayX: gaya.pola[0],
    dashArrayY: gaya.pola[1],
    rotation: gaya.pola[2],
  };
  return {
    name: w.kode,
    value: w.persen === null ? NaN : w.persen,
    nama: w.nama,
    itemStyle: { areaColor: gaya.warna, decal: pola || undefined },
    // A halo of the ground keeps a name readable over lines and patterns.
    label: { color: gaya.huruf, textBorderColor: gaya.warna, textBorderWidth: 3 },
  };
}

// `simpan` keeps the chart, so that the next redraw can throw it away. Once loaded it draws at once: no flicker.
export function gambarPeta(data, simpan) {
  const wadah = document.getElementById("peta-batas");
  if (!wadah || !wadah.dataset.batas || !data.wilayah.length) return;
  if (siap) gambarDi(wadah, data, simpan);
  else
    muat(wadah.dataset.batas)
      // The numbers may have been redrawn meanwhile. Without boundaries the tiles stay.
      .then(() => wadah.isConnected && gambarDi(wadah, data, simpan))
      .catch(() => undefined);
}

function gambarDi(wadah, data, simpan) {
  wadah.hidden = false;
  document.querySelectorAll(".petak, .hanya-petak").forEach((unsur) => {
    unsur.hidden = true;
  });
  document.querySelectorAll(".kunci-peta").forEach((kunci) => kunci.classList.add("berpola"));
  const satu = echarts.init(wadah, null, { renderer: "svg" });
  const nama = new Map(data.wilayah.map((w) => [w.kode, w]));
  satu.setOption({
    animation: false,
    textStyle: HURUF,
    aria: { decal: { show: true } },
    tooltip: {
      confine: true,
      textStyle: { fontSize: 15 },
      formatter: (t) => (nama.has(t.name) ? `${nama.get(t.name).nama} <b>${persen(t.value)}</b>` : ""),
    },
    series: [
      {
        type: "map",
        map: NAMA,
        selectedMode: false,
        aspectScale: 1,
        left: 4,
        right: 4,
        top: 4,
        bottom: 4,
        itemStyle: { borderColor: ARANG, borderWidth: 1 },
        emphasis: { itemStyle: { borderWidth: 3 } },
        label: {
          show: true,
          fontSize: 12,
          fontWeight: 700,
          lineHeight: 14,
          formatter: (t) => (nama.has(t.name) ? `${nama.get(t.name).nama}\n${persen(Math.floor(t.value))}` : ""),
        },
        labelLayout: { hideOverlap: true },
        data: data.wilayah.map(butir),
      },
    ],
  });
  satu.on("click", (t) => {
    if (nama.has(t.name)) window.location.assign(`/dasbor/${t.name}/${data.kueri}`);
  });
  simpan(satu);
}
