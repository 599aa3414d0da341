// Draws the people and the ties open to the viewer. Places come from the server; nothing is laid out here.
"use strict";

(() => {
  const stage = document.getElementById("people-map");
  if (!stage) return;

  const said = document.getElementById("people-said");
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  function say(words) {
    const note = document.createElement("p");
    note.className = "waiting";
    note.textContent = words;
    stage.replaceChildren(note);
  }

  const isNarrow = () => stage.clientWidth < 560;

  function graphOf(shown) {
    const graph = new graphology.Graph({ type: "undirected" });
    const line = colour("--tie");
    shown.people.forEach((person, index) => {
      const [hue, shape] = shown.marks[person.community] || [null, "circle"];
      graph.addNode(index, {
        x: person.x,
        y: person.y,
        size: person.me ? 8 : isNarrow() ? 3 : 4,
        color: colour(person.me ? "--accent" : hue === null ? "--quiet" : `--hue-${hue}`),
        shape: person.me ? "circle" : shape,
        label: person.me ? stage.dataset.you : person.name,
        words: [person.name, person.group, person.community].filter(Boolean).join(" · "),
        me: person.me,
      });
    });
    (isNarrow() ? shown.narrow : shown.places).forEach((place, index) => {
      graph.addNode(`place-${index}`, { x: place.x, y: place.y, size: 0.1, label: place.name, place: true });
    });
    shown.ties.forEach(([one, other, step]) => {
      graph.mergeEdge(one, other, { size: 0.2 + 0.5 * step, color: line });
    });
    return graph;
  }

  function draw(shown) {
    stage.replaceChildren();
    const graph = graphOf(shown);
    const ink = colour("--ink");
    const chip = { color: "transparent", labelBackgroundColor: colour("--veil"), labelBackgroundPadding: 3 };
    const font = getComputedStyle(stage).fontFamily;
    const { sdfCircle, sdfSquare, sdfTriangle, sdfDiamond } = Sigma.rendering;
    const drawing = new Sigma(graph, stage, {
      primitives: { nodes: { shapes: [sdfCircle(), sdfSquare(), sdfTriangle(), sdfDiamond()] } },
      settings: {
        itemSizesReference: "screen",
        labelRenderedSizeThreshold: 7,
        labelDensity: 0.6,
        minCameraRatio: 0.08,
        maxCameraRatio: 2,
        stagePadding: isNarrow() ? 34 : 40,
        gestureTarget: "shared",
        allowInvalidContainer: true, // a tab in the background has no width for a moment
      },
      styles: {
        nodes: [
          Sigma.DEFAULT_STYLES.nodes,
          { shape: { attribute: "shape" }, labelColor: ink, labelSize: 14, labelFont: font, backdropColor: colour("--paper") },
          { when: (each) => each.me, then: { labelVisibility: "visible", depth: "topNodes" } },
          {
            when: (each) => each.place,
            then: { labelVisibility: "visible", labelPosition: "over", labelSize: isNarrow() ? 12 : 15, ...chip },
          },
        ],
        edges: Sigma.DEFAULT_STYLES.edges,
      },
    });
    const tell = ({ node }) => {
      said.textContent = graph.getNodeAttribute(node, "words") || "";
    };
    drawing.on("enterNode", tell);
    drawing.on("clickNode", tell);
    offerButtons(drawing);
    stage.dataset.drawn = String(shown.people.length);
    return drawing;
  }

  function offerButtons(drawing) {
    const camera = drawing.getCamera();
    const row = document.createElement("div");
    row.className = "zoom";
    const offer = (mark, words, act) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button soft";
      button.textContent = mark;
      button.setAttribute("aria-label", words);
      button.addEventListener("click", act);
      row.append(button);
    };
    offer("+", stage.dataset.closer, () => camera.zoomIn());
    offer("−", stage.dataset.farther, () => camera.zoomOut());
    offer(stage.dataset.all, stage.dataset.all, () => camera.reset());
    stage.after(row);
  }

  // A canvas keeps the letters it was drawn with, so it waits for our own; without them it still draws.
  async function letters(shown) {
    const words = [...shown.people, ...shown.places].map((each) => each.name).join("");
    await document.fonts.load('15px "Text"', words + stage.dataset.you).catch(() => []);
    await document.fonts.ready;
  }

  async function start() {
    const answer = await fetch(stage.dataset.source);
    if (!answer.ok) throw new Error(`The map's people could not be fetched: ${answer.status}`);
    const shown = await answer.json();
    await letters(shown);
    let drawing = draw(shown);
    dark.addEventListener("change", () => {
      drawing.kill();
      document.querySelector(".zoom").remove();
      drawing = draw(shown);
    });
  }

  const canvas = document.createElement("canvas");
  if (typeof Sigma === "undefined" || !canvas.getContext("webgl2")) {
    say(stage.dataset.failed);
    return;
  }
  start().catch((trouble) => {
    say(stage.dataset.failed);
    throw trouble;
  });
})();
