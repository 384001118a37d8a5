// Draws a table as a chart, so that every chart has its table.
// <canvas data-chart="bar|hbar|line|stacked|pareto" data-chart-from="#t1" data-chart-unit="%" role="img" aria-label="…">
// Table: first column = labels; every other column a series named by its th; numbers from data-value or the text.
// <th data-series="line|bar|low|high|skip">: another kind for this column; low and high are the ends of the usual range, drawn as a band.
// pareto adds the running share of the first series. The library is loaded only where a canvas asks for it.
import { onContent } from "./page.js";

let library;
function load() {
  library ??= new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = new URL("../lib/chartjs/chart.umd.min.js", import.meta.url);
    script.onload = () => done(window.Chart);
    script.onerror = failed;
    document.head.append(script);
  });
  return library;
}

const number = (cell) => {
  const text = cell?.dataset.value ?? cell?.textContent.replace(/[^\d.,\-−]/g, "").replace("−", "-").replace(/,/g, "") ?? "";
  return text === "" ? null : Number(text);
};

function read(table) {
  const heads = [...table.tHead.rows[0].cells];
  const lines = [...table.tBodies].flatMap((body) => [...body.rows]);
  return {
    labels: lines.map((row) => row.cells[0].textContent.trim()),
    series: heads.slice(1).map((head, index) => ({
      label: head.textContent.trim(),
      kind: head.dataset.series,
      data: lines.map((row) => number(row.cells[index + 1])),
    })).filter((series) => series.kind !== "skip"),
  };
}

// A canvas understands only resolved colours: let the browser resolve light-dark() on an element.
function resolve(name, canvas) {
  const probe = document.createElement("i");
  probe.hidden = true;
  probe.style.color = `var(${name})`;
  canvas.parentElement.append(probe);
  const colour = getComputedStyle(probe).color;
  probe.remove();
  return colour;
}

function dataset(series, index, kind, colours) {
  const colour = colours.series[index % colours.series.length];
  const type = series.kind === "line" || kind === "line" ? "line" : "bar";
  if (series.kind === "low" || series.kind === "high")
    return { type: "line", label: series.label, data: series.data, borderColor: colours.edge, backgroundColor: colours.band, order: 9, borderWidth: 1, pointRadius: 0, fill: series.kind === "high" ? "-1" : false };
  if (type === "bar") return { type, label: series.label, data: series.data, backgroundColor: colour, maxBarThickness: 36, borderRadius: 3 };
  return { type, label: series.label, data: series.data, borderColor: colour, backgroundColor: colour, borderDash: index % 2 ? [6, 4] : [], pointStyle: ["circle", "rect", "triangle"][index % 3], pointRadius: 3, tension: 0.2 };
}

function share(data, colours, sideways) {
  const total = data.reduce((sum, value) => sum + value, 0) || 1;
  let sum = 0;
  const running = data.map((value) => Math.round((1000 * (sum += value)) / total) / 10);
  return { type: "line", label: "Σ %", data: running, [sideways ? "xAxisID" : "yAxisID"]: "share", borderColor: colours.ink, backgroundColor: colours.ink, borderWidth: 1.5, pointRadius: 2, clip: false };
}

// About 6.5 pixels a letter, 12 a Chinese character; good enough to decide how to lay out.
const width = (text) => [...text].reduce((sum, letter) => sum + (letter > "\u2e7f" ? 12 : 6.5), 0);

// Names that would stand slanted under their bars are read more easily beside them.
const isTight = (labels, room) => Math.max(...labels.map(width)) > (room - 50) / labels.length;

// A name in lines of at most so many pixels; Chinese breaks anywhere.
function fold(name, most) {
  const lines = [""];
  for (const piece of name.match(/[\u2e80-\uffff]|[^\s\u2e80-\uffff]+\s*|\s+/g) ?? [name]) {
    const last = lines.at(-1);
    if (last && width((last + piece).trimEnd()) > most) lines.push(piece);
    else lines[lines.length - 1] = last + piece;
  }
  return lines.map((line) => line.trim());
}

// Days of one year need not repeat it under every point.
function withoutYear(labels) {
  const year = /^(20\d\d)年|\s(20\d\d)$/;
  const years = new Set(labels.map((label) => label.match(year)?.slice(1).find(Boolean)));
  return years.size === 1 && !years.has(undefined) ? labels.map((label) => label.replace(year, "")) : labels;
}

function settings(canvas, Chart) {
  const kind = canvas.dataset.chart;
  const { labels, series } = read(document.querySelector(canvas.dataset.chartFrom));
  const box = canvas.parentElement;
  const sideways = kind === "hbar" || (kind !== "line" && isTight(labels, box.clientWidth));
  const ticks = sideways ? labels.map((label) => fold(label, Math.min(180, box.clientWidth * 0.36))) : withoutYear(labels);
  const bars = kind === "stacked" || kind === "pareto" ? 1 : series.length;
  box.style.height = box.style.maxHeight = sideways ? `${ticks.reduce((sum, lines) => sum + Math.max(18 + 10 * bars, 16 * lines.length + 8), 70)}px` : "";
  const css = (name) => resolve(name, canvas);
  const colours = { ink: css("--ink"), quiet: css("--quiet"), grid: css("--line"), band: css("--paused-soft"), edge: css("--line-strong"), series: ["--accent", "--soon", "--paused", "--fine", "--late"].map(css) };
  const datasets = series.map((one, index) => dataset(one, index, kind, colours));
  if (kind === "pareto") datasets.unshift(share(series[0].data, colours, sideways));
  const unit = canvas.dataset.chartUnit ?? "";
  const axis = { stacked: kind === "stacked", grid: { color: colours.grid }, ticks: { color: colours.quiet } };
  const values = { ...axis, beginAtZero: true, ticks: { ...axis.ticks, precision: 0, callback: (value) => `${value}${unit}` } };
  const names = { ...axis, grid: { display: false }, ticks: { ...axis.ticks, autoSkip: !sideways, maxRotation: kind === "line" ? 0 : 50, callback: (value) => ticks[value] } };
  const scales = { x: sideways ? values : names, y: sideways ? names : values };
  if (kind === "pareto") scales.share = { axis: sideways ? "x" : "y", position: sideways ? "top" : "right", min: 0, max: 100, grid: { display: false }, ticks: { color: colours.quiet, callback: (value) => `${value}%` } };
  Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
  return {
    type: "bar",
    data: { labels, datasets },
    options: {
      indexAxis: sideways ? "y" : "x",
      maintainAspectRatio: false,
      animation: false,
      scales,
      interaction: { mode: "index", intersect: false },
      plugins: { legend: { display: datasets.length > 1, position: "bottom", labels: { color: colours.quiet, usePointStyle: true, boxHeight: 7 } } },
    },
  };
}

async function draw(canvas) {
  if (!document.querySelector(canvas.dataset.chartFrom)?.tHead) return;
  try {
    const Chart = await load();
    // The library follows the size of the parent, so the canvas gets one of its own.
    if (!canvas.parentElement.matches(".canvas")) {
      const box = document.createElement("div");
      box.className = "canvas";
      canvas.replaceWith(box);
      box.append(canvas);
    }
    Chart.getChart(canvas)?.destroy();
    new Chart(canvas, settings(canvas, Chart));
  } catch {
    // The table below says the same.
    canvas.hidden = true;
  }
}

const drawAll = (root) => root.querySelectorAll("canvas[data-chart]").forEach(draw);
onContent(drawAll);
document.addEventListener("theme:changed", () => drawAll(document));
