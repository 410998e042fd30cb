// Signing on the screen: pointer strokes become JSON in the hidden field of the pad.
// Shape: {"strokes": [[[x, y], …], …]}, whole numbers in a box of 1000 by 400, as core.documents.strokes reads it.
// Nothing is sent until the form is. Without this module the officer chooses "signed on paper".

const WIDTH = 1000;
const HEIGHT = 400;
const POINTS = 3900; // in one signature: more is not handwriting, and is refused
const STROKES = 80;
const SVG = "http://www.w3.org/2000/svg";

function pathOf(stroke) {
  const [first, ...rest] = stroke;
  const tail = rest.length ? rest : [first];
  return `M${first[0]} ${first[1]}` + tail.map(([x, y]) => `L${x} ${y}`).join("");
}

function readStrokes(text) {
  try {
    const parsed = JSON.parse(text);
    return Array.isArray(parsed.strokes) ? parsed.strokes : [];
  } catch {
    return [];
  }
}

class Pad {
  constructor(box) {
    this.field = box.querySelector("input[data-strokes]");
    this.surface = box.querySelector("svg");
    this.status = box.querySelector("[role=status]");
    this.strokes = readStrokes(this.field.value);
    this.current = null;
    box.querySelector("[data-act=undo]").addEventListener("click", () => this.undo());
    box.querySelector("[data-act=clear]").addEventListener("click", () => this.clear());
    this.surface.addEventListener("pointerdown", (event) => this.begin(event));
    this.surface.addEventListener("pointermove", (event) => this.move(event));
    for (const name of ["pointerup", "pointercancel"]) {
      this.surface.addEventListener(name, () => this.end());
    }
    box.hidden = false;
    this.draw();
  }

  point(event) {
    const frame = this.surface.getBoundingClientRect();
    const x = Math.round(((event.clientX - frame.left) / frame.width) * WIDTH);
    const y = Math.round(((event.clientY - frame.top) / frame.height) * HEIGHT);
    return [Math.min(Math.max(x, 0), WIDTH), Math.min(Math.max(y, 0), HEIGHT)];
  }

  points() {
    return this.strokes.reduce((sum, stroke) => sum + stroke.length, 0);
  }

  begin(event) {
    if (event.button > 0 || this.points() >= POINTS || this.strokes.length >= STROKES) return;
    event.preventDefault();
    this.surface.setPointerCapture(event.pointerId);
    this.current = [this.point(event)];
    this.strokes.push(this.current);
    this.draw();
  }

  move(event) {
    if (!this.current || this.points() >= POINTS) return;
    const next = this.point(event);
    const last = this.current[this.current.length - 1];
    if (Math.hypot(next[0] - last[0], next[1] - last[1]) < 4) return;
    this.current.push(next);
    this.draw();
  }

  end() {
    if (!this.current) return;
    this.current = null;
    this.keep();
  }

  undo() {
    this.strokes.pop();
    this.keep();
  }

  clear() {
    this.strokes = [];
    this.keep();
  }

  keep() {
    this.field.value = this.strokes.length
      ? JSON.stringify({ strokes: this.strokes })
      : "";
    this.draw();
    this.status.textContent = this.strokes.length
      ? `已写 ${this.strokes.length} 笔`
      : "还没有签";
    this.field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  draw() {
    const lines = this.strokes.map((stroke) => {
      const line = document.createElementNS(SVG, "path");
      line.setAttribute("d", pathOf(stroke));
      return line;
    });
    this.surface.replaceChildren(...lines);
  }
}

// The pad is a matter of the pointer; by keyboard one chooses "signed on paper" beside it.
function follow(group) {
  const pad = group.querySelector("[data-pad]");
  if (!pad) return;
  const field = pad.querySelector("input[data-strokes]");
  group.querySelectorAll("[data-needs-script]").forEach((choice) => {
    choice.hidden = false;
  });
  const choices = group.querySelectorAll("input[type=radio]");
  const show = () => {
    const chosen = group.querySelector("input[type=radio]:checked");
    pad.hidden = Boolean(choices.length) && chosen?.value !== "screen";
    field.disabled = pad.hidden; // what was drawn and then left for the paper is not sent
  };
  new Pad(pad);
  choices.forEach((choice) => choice.addEventListener("change", show));
  show();
}

function start(root) {
  root.querySelectorAll("[data-signature]").forEach(follow);
}

start(document);
