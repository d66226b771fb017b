"""What the signing page alone needs of a stylesheet, besides the one of the theme."""

from leaddesk.ui.theme import Theme, rules


def signing_stylesheet(theme: Theme) -> str:
    """The rules for the page's bars, steps, fields and segments, in the theme's colors."""
    return rules(_RULES, theme)


_RULES = """
QWidget[look="page"] {{ background: {paper}; }}
QFrame[look="bar"] {{ background: {surface}; border: none; border-bottom: 1px solid {line}; }}
QFrame[look="foot"] {{ background: {surface}; border: none; border-top: 1px solid {line}; }}
QFrame[look="hairline"] {{ background: {line}; border: none; min-height: 1px; max-height: 1px; }}
QFrame[look="reading"] {{ background: {surface}; border: 1px solid {line}; border-radius: 10px; padding: 1px; }}
QFrame[look="reading"][focused="true"] {{ border: 2px solid {accent}; padding: 0px; }}
QFrame[look="signature"] {{ background: {surface}; border: 2px solid {accent}; border-radius: 10px; }}
QFrame[look="signature"]:disabled {{ border: 1px dashed {edge}; padding: 1px; }}
QFrame[look="segments"] {{ background: {sunken}; border: none; border-radius: 8px; }}
QScrollArea, QScrollArea > QWidget > QWidget {{ background: transparent; border: none; }}
QScrollArea[look="reading"] {{ border: 2px solid transparent; border-radius: 8px; }}
QScrollArea[look="reading"]:focus {{ border-color: {accent}; }}
QTextEdit[look="agreement"], QTextEdit[look="agreement"]:focus {{
  background: transparent; border: none; padding: 0px;
}}
QLabel[look="title"] {{ font-size: 15pt; font-weight: bold; }}
QLabel[look="strong"] {{ font-weight: bold; }}
QLabel[look="answer"] {{ font-size: 12.75pt; }}
QLabel[look="caution-hint"] {{ color: {caution}; font-size: 10.5pt; font-weight: bold; }}
QLabel[look="step-now"] {{ background: {accent}; color: {on_accent}; border-radius: 13px; font-weight: bold; }}
QLabel[look="step-done"] {{ background: {tint}; border: 2px solid {accent}; border-radius: 13px; }}
QLabel[look="step-later"] {{
  background: {surface}; color: {ink_2}; border: 2px solid {edge}; border-radius: 13px; font-weight: bold;
}}
QLabel[look="step-name"] {{ color: {ink_2}; }}
QLabel[look="step-name-now"] {{ color: {ink}; font-weight: bold; }}
QLabel[look="step-name-done"] {{ color: {ink}; }}
QLineEdit, QComboBox {{ font-size: 12.75pt; placeholder-text-color: {ink_2}; }}
QLineEdit[look="typed"] {{ font-size: 24pt; }}
QRadioButton {{ spacing: 10px; padding: 4px 6px 4px 0px; border: 2px solid transparent; border-radius: 8px; }}
QRadioButton:focus {{ border: 2px solid {accent}; }}
QRadioButton::indicator {{
  width: 18px; height: 18px; border: 2px solid {edge}; border-radius: 11px; background: {surface};
}}
QRadioButton::indicator:checked {{
  border: 2px solid {accent};
  background: qradialgradient(cx: 0.5, cy: 0.5, radius: 0.5, fx: 0.5, fy: 0.5,
    stop: 0 {accent}, stop: 0.52 {accent}, stop: 0.58 {surface}, stop: 1 {surface});
}}
QPushButton[look="segment"] {{
  background: transparent; color: {ink_2}; border: 2px solid transparent; border-radius: 8px; padding: 4px 8px;
}}
QPushButton[look="segment"]:hover {{ background: {tint}; }}
QPushButton[look="segment"]:checked {{
  background: {surface}; color: {ink}; border: 2px solid {accent}; font-weight: bold;
}}
QPushButton[look="segment"]:focus {{ border: 2px solid {ink}; }}
QPushButton[look="compact"] {{ padding: 5px 14px; font-size: 10.5pt; }}
QPushButton[look="compact"]:focus {{ padding: 4px 13px; }}
QPushButton[look="large"], QPushButton[look="main"] {{ font-size: 12.75pt; }}
QScrollBar:vertical {{ background: {sunken}; border: none; border-radius: 4px; width: 8px; margin: 0px; }}
QScrollBar::handle:vertical {{ background: {edge}; border: none; border-radius: 4px; min-height: 40px; }}
QScrollBar::add-line:vertical, QScrollBar::sub-line:vertical {{ height: 0px; border: none; }}
QScrollBar::add-page:vertical, QScrollBar::sub-page:vertical {{ background: transparent; }}
"""
