"""The one small style sheet: only what the palette cannot say. Item views and buttons paint themselves.

A style sheet on an item view makes every row slow, so none is named here but the short list of completions.
"""

_SHEET = """
QToolTip { background: @text; color: @surface; border: 0; padding: 3px 6px; }
QLineEdit, QPlainTextEdit, QComboBox, QSpinBox, QKeySequenceEdit {
  background: @raised; color: @text; border: 1px solid @line_strong; border-radius: 6px; padding: 5px 9px;
  selection-background-color: @text_selection; selection-color: @on_text_selection; }
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus, QSpinBox:focus {
  border: 2px solid @focus; padding: 4px 8px; }
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled { color: @disabled; border-color: @line; }
QLineEdit#bare, QLineEdit#bare:focus, QPlainTextEdit#bare, QPlainTextEdit#bare:focus {
  background: transparent; border: 0; padding: 0; }
QLineEdit#plain { background: transparent; border: 1px solid transparent; padding: 4px 3px; }
QLineEdit#plain:hover { border: 1px solid @line_button; }
QLineEdit#plain:focus { background: @raised; border: 2px solid @focus; padding: 3px 2px; }
QLabel#faint { color: @muted; }
QComboBox#choice::drop-down { border: 0; width: 24px; }
QMenu { background: @raised; color: @text; border: 1px solid @line; border-radius: 8px; padding: 4px; }
QMenu::item { height: 30px; padding: 0 12px 0 8px; border-radius: 4px; }
QMenu::item:selected { background: @selected; color: @text; }
QMenu::item:disabled { color: @disabled; }
QMenu::icon { padding-left: 8px; }
QMenu::separator { height: 1px; background: @line; margin: 4px 0; }
QListView#completions { background: @raised; color: @text; border: 1px solid @line; padding: 4px; }
QListView#completions::item { height: 30px; padding: 0 8px; border-radius: 4px; color: @text; }
QListView#completions::item:selected { background: @selected; color: @text; }
QScrollBar:vertical { background: @surface; width: 10px; margin: 0; border: 0; }
QScrollBar::handle:vertical {
  background: @thumb; border-radius: 3px; min-height: 32px; margin: 2px 3px 2px 1px; }
QScrollBar:horizontal { background: @surface; height: 10px; margin: 0; border: 0; }
QScrollBar::handle:horizontal {
  background: @thumb; border-radius: 3px; min-width: 32px; margin: 1px 2px 3px 2px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QSplitter::handle { background: @line; }
"""


def sheet(colours: dict[str, str]) -> str:
    """The style sheet with every ``@role`` replaced by its ``#RRGGBB``."""
    # The thumb is line_strong at 38 % in the light and dark theme and opaque where contrast is wanted.
    strong = colours["line_strong"]
    thumb = strong if strong == "#FFFFFF" else f"#61{strong[1:]}"
    text = _SHEET.replace("@thumb", thumb)
    for role in sorted(colours, key=len, reverse=True):
        text = text.replace(f"@{role}", colours[role])
    return text
