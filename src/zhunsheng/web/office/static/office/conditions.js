// Shows a field only when the answer it depends on makes it needed. Without this module all
// fields are shown, each saying when to fill it. Hidden fields keep what was typed; the
// server ignores those that do not apply.

function answer(form, name) {
  const controls = [...form.elements].filter((control) => control.name === name);
  if (controls.some((control) => control.type === "radio" || control.type === "checkbox")) {
    return controls.filter((control) => control.checked).map((control) => control.value);
  }
  return controls.map((control) => control.value);
}

function applies(form, field) {
  const wanted = field.dataset.whenIn.split("|");
  return answer(form, field.dataset.when).some((value) => wanted.includes(value));
}

function refresh(form) {
  for (const field of form.querySelectorAll("[data-when]")) {
    field.hidden = !applies(form, field) && !field.classList.contains("fix");
  }
}

for (const form of document.querySelectorAll("form[data-conditions]")) {
  form.addEventListener("change", () => refresh(form));
  refresh(form);
}
