// Draws the people and the ties open to the viewer. Places come from the server; nothing is laid out here.
"use strict";

(() => {
  const stage = document.getElementById("people-map");
  if (!stage) return;

  const HUES = 8;
  const said = document.getElementById("people-said");
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  function say(words) {
    const note = document.createElement("p");
    note.className = "waiting";
    note.textContent = words;
    stage.replaceChildren(note);
  }

  function graphOf(shown) {
    const graph = new graphology.Graph({ type: "undirected" });
    const communities = [...new Set(shown.people.map((person) => person.community))].sort();
    const line = colour("--tie");
    shown.people.forEach((person, index) => {
      const hue = person.community ? `--hue-${communities.indexOf(person.community) % HUES}` : "--quiet";
      graph.addNode(index, {
        x: person.x,
        y: person.y,
        size: person.me ? 9 : 4,
        color: person.me ? colour("--accent") : colour(hue),
        label: person.me ? stage.dataset.you : person.name,
        words: [person.name, person.group].filter(Boolean).join(" · "),
        me: person.me,
      });
    });
    shown.places.forEach((place, index) => {
      graph.addNode(`place-${index}`, { x: place.x, y: place.y, size: 0.1, label: place.name, place: true });
    });
    shown.ties.forEach(([one, other, contact]) => {
      graph.mergeEdge(one, other, { size: Math.min(2.5, 0.4 + 0.4 * contact), color: line });
    });
    return graph;
  }

  function draw(shown) {
    stage.replaceChildren();
    const graph = graphOf(shown);
    const ink = colour("--ink");
    const chip = { color: "transparent", labelBackgroundColor: colour("--veil"), labelBackgroundPadding: 4 };
    const font = getComputedStyle(stage).fontFamily;
    const drawing = new Sigma(graph, stage, {
      settings: {
        itemSizesReference: "screen",
        labelRenderedSizeThreshold: 7,
        labelDensity: 0.6,
        minCameraRatio: 0.08,
        maxCameraRatio: 2,
        gestureTarget: "shared",
        allowInvalidContainer: true, // a tab in the background has no width for a moment
      },
      styles: {
        nodes: [
          Sigma.DEFAULT_STYLES.nodes,
          { labelColor: ink, labelSize: 14, labelFont: font, backdropColor: colour("--paper") },
          { when: (each) => each.me, then: { labelVisibility: "visible", depth: "topNodes" } },
          {
            when: (each) => each.place,
            then: { labelVisibility: "visible", labelPosition: "over", labelSize: 15, ...chip },
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

  async function start() {
    const answer = await fetch(stage.dataset.source);
    if (!answer.ok) throw new Error(`The map's people could not be fetched: ${answer.status}`);
    const shown = await answer.json();
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
