// Shows a field only when the answers it depends on make it needed, and keeps a hidden one
// from being sent: the server refuses an answer that has no place on the sheet. Without this
// module all fields are shown, each saying when to fill it.

function answers(form, name) {
  const controls = [...form.elements].filter((control) => control.name === name);
  if (controls.some((control) => control.type === "radio" || control.type === "checkbox")) {
    const chosen = controls.filter((control) => control.checked).map((control) => control.value);
    return chosen.length ? chosen : [""];
  }
  return controls.map((control) => control.value);
}

// "opinion=differ|refuse;told=yes": every part must hold.
function applies(form, field) {
  return field.dataset.when.split(";").every((part) => {
    const [name, values] = part.split("=");
    const wanted = values.split("|");
    return answers(form, name).some((value) => wanted.includes(value));
  });
}

function refresh(form) {
  for (const field of form.querySelectorAll("[data-when]")) {
    const hide = !applies(form, field) && !field.classList.contains("fix");
    field.hidden = hide;
    for (const control of field.querySelectorAll("input,select,textarea")) {
      control.disabled = hide || (control.hasAttribute("data-strokes") && padIsHidden(control));
    }
  }
}

function padIsHidden(control) {
  return control.closest("[data-pad]")?.hidden ?? false;
}

for (const form of document.querySelectorAll("form[data-conditions]")) {
  form.addEventListener("change", () => refresh(form));
  refresh(form);
}
