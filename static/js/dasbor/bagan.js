// The charts: the road to the target, and what each day brought. The page shows the same numbers as a table.
import { BarChart, LineChart } from "echarts/charts";
import { GridComponent, TooltipComponent } from "echarts/components";
import * as echarts from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { gambarPeta } from "./peta.js";
import { ABU, DAUN, GARIS, HURUF, PLERED, PLERED_TUA, tulisAngka, tulisHari, tulisHariPenuh } from "./tulis.js";

echarts.use([BarChart, LineChart, GridComponent, TooltipComponent, SVGRenderer]);

let bagan = [];

// The last known point of a line carries its own words, so that no legend has to be matched by colour.
function denganNama(nilai, nama, warna, letak, geser) {
  const akhir = nilai.reduce((i, n, k) => (n === null ? i : k), -1);
  return nilai.map((n, k) =>
    k !== akhir
      ? n
      : {
          value: n,
          symbol: "circle",
          symbolSize: 10,
          label: {
            show: true,
            position: letak,
            offset: [0, geser],
            distance: 10,
            formatter: `${nama} ${tulisAngka(n)}`,
            color: warna,
            fontSize: 15,
            fontWeight: 700,
            textBorderColor: "#fffefb",
            textBorderWidth: 4,
          },
        },
  );
}

function dasar(tanggal) {
  return {
    animation: false,
    textStyle: HURUF,
    grid: { left: 4, right: 14, top: 34, bottom: 4, containLabel: true },
    tooltip: {
      trigger: "axis",
      confine: true,
      textStyle: { fontSize: 15 },
      formatter: (titik) =>
        [`<b>${tulisHariPenuh(tanggal[titik[0].dataIndex])}</b>`]
          .concat(
            titik
              .filter((t) => !t.seriesName.startsWith("_") && t.value !== null && t.value !== undefined)
              .map((t) => `${t.seriesName} <b>${tulisAngka(t.value)}</b>`),
          )
          .join("<br>"),
    },
    xAxis: {
      type: "category",
      boundaryGap: false,
      data: tanggal.map(tulisHari),
      axisLabel: { fontSize: 14, color: ABU, hideOverlap: true },
      axisTick: { show: false },
    },
    yAxis: {
      type: "value",
      axisLabel: { fontSize: 14, color: ABU, formatter: tulisAngka },
      splitLine: { lineStyle: { color: GARIS } },
      splitNumber: 4,
      minInterval: 1,
    },
  };
}

const garis = (nama, warna, lebar, jenis, data) => ({
  name: nama,
  type: "line",
  symbol: "none",
  showAllSymbol: true,
  lineStyle: { width: lebar, type: jenis, color: warna },
  itemStyle: { color: warna },
  data,
});

// The band is a stack: what lies below it, unseen, and its height; its edges are lines, for black and white paper.
function pita(ramalan, tanggal, geser) {
  if (!ramalan || !ramalan.jalur || !ramalan.jalur.length) return [];
  const hari = new Map(ramalan.jalur.map((j) => [j.tanggal, j]));
  const ambil = (kolom) => tanggal.map((t) => (hari.has(t) ? hari.get(t)[kolom] : null));
  const bawah = ambil("bawah");
  const tinggi = ambil("atas").map((n, i) => (n === null ? null : n - bawah[i]));
  return [
    { ...garis("_bawah", DAUN, 0, "solid", bawah), stack: "pita", silent: true },
    {
      ...garis("_pita", DAUN, 0, "solid", tinggi),
      stack: "pita",
      silent: true,
      areaStyle: { color: "rgba(36,81,138,.18)" },
    },
    garis("Ramalan, bawah", "#24518a", 1.5, "dotted", bawah),
    garis(
      "Ramalan, tengah",
      "#24518a",
      2.5,
      "dotted",
      denganNama(ambil("tengah"), "Ramalan", "#16365f", "left", geser),
    ),
    garis("Ramalan, atas", "#24518a", 1.5, "dotted", ambil("atas")),
  ];
}

// Where two lines end close to each other, the words of the lower one stand below it.
function letakKata(data, akhirTarget) {
  const jalur = (data.ramalan && data.ramalan.jalur) || [];
  const akhir = jalur.length ? jalur[jalur.length - 1].tengah : null;
  const dekat = akhir !== null && Math.abs(akhir - akhirTarget) < 0.2 * Math.max(akhir, akhirTarget);
  return { target: dekat && akhir >= akhirTarget ? 18 : -10, ramalan: dekat && akhir < akhirTarget ? 18 : -12 };
}

function kurva(data) {
  const tanggal = data.kurva.map((h) => h.tanggal);
  const kumulatif = data.kurva.map((h) => h.kumulatif);
  const sampai = kumulatif.filter((n) => n !== null).length;
  const target = data.kurva.map((h) => h.garis);
  // Behind the line there is room on its lower right, ahead of it on its upper left.
  const tertinggal = sampai && kumulatif[sampai - 1] < target[sampai - 1];
  const kiri = sampai > tanggal.length / 3;
  const tercatat = tertinggal
    ? denganNama(kumulatif, "Tercatat", PLERED_TUA, sampai > tanggal.length * 0.7 ? "left" : "right", 16)
    : denganNama(kumulatif, "Tercatat", PLERED_TUA, kiri ? "left" : "right", -12);
  const letak = letakKata(data, target[target.length - 1]);
  return {
    ...dasar(tanggal),
    series: [
      garis("Garis ke target", DAUN, 2.5, "dashed", denganNama(target, "Target", DAUN, "left", letak.target)),
      ...pita(data.ramalan, tanggal, letak.ramalan),
      { ...garis("Tercatat", PLERED, 4, "solid", tercatat), areaStyle: { color: "rgba(180,83,42,.14)" } },
    ],
  };
}

function harian(data) {
  const tanggal = data.kurva.map((h) => h.tanggal);
  const sudah = data.kurva.map((h) => (h.tanggal <= data.hari_ini ? h.tercatat : null));
  const perlu = tanggal.map((t) => (data.perlu && t >= data.hari_ini ? Math.round(data.perlu * 10) / 10 : null));
  const pilihan = dasar(tanggal);
  pilihan.xAxis.boundaryGap = true;
  return {
    ...pilihan,
    series: [
      {
        name: "Tercatat",
        type: "bar",
        barCategoryGap: "22%",
        // Today is not over: its bar is hollow.
        data: sudah.map((n, i) =>
          tanggal[i] === data.hari_ini
            ? { value: n, itemStyle: { color: "#f6e1d3", borderColor: PLERED, borderWidth: 2 } }
            : n,
        ),
        itemStyle: { color: PLERED, borderRadius: [3, 3, 0, 0] },
      },
      garis("Perlu", DAUN, 2.5, "dashed", denganNama(perlu, "Perlu", DAUN, "left", -12)),
    ],
  };
}

// Draws all that the page has a place for; called again after every redraw of the numbers.
export function gambar() {
  const sumber = document.getElementById("data-dasbor");
  bagan.forEach((b) => b.dispose());
  bagan = [];
  if (!sumber) return;
  const data = JSON.parse(sumber.textContent);
  const dibuat = [
    ["bagan-kurva", kurva],
    ["bagan-harian", harian],
  ];
  for (const [id, buat] of dibuat) {
    const wadah = document.getElementById(id);
    if (!wadah) continue;
    const satu = echarts.init(wadah, null, { renderer: "svg" });
    satu.setOption(buat(data));
    simpan(satu);
  }
  gambarPeta(data, simpan);
}

function simpan(satu) {
  bagan.push(satu);
  bingkai(satu);
}

// With a viewBox a drawing shrinks to the paper, where no script can measure.
function bingkai(satu) {
  const svg = satu.getDom().querySelector("svg");
  if (svg) svg.setAttribute("viewBox", `0 0 ${satu.getWidth()} ${satu.getHeight()}`);
}

export function sesuaikan() {
  bagan.forEach((b) => {
    b.resize();
    bingkai(b);
  });
}

window.addEventListener("resize", sesuaikan);
