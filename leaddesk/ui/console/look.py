"""What the console alone needs of a stylesheet, besides the one of the theme."""

from leaddesk.ui.theme import Theme, rules


def console_stylesheet(theme: Theme) -> str:
    """The rules for rail, agenda, tabs, menus and the private side, in the theme's colors."""
    return rules(_RULES, theme)


_RULES = """
QFrame[look="hairline"] {{ background: {line}; border: none; min-height: 1px; max-height: 1px; }}
QFrame[look="bar"] {{ background: {surface}; border: none; border-bottom: 1px solid {line}; }}
QFrame[look="notice"] {{ background: {caution_tint}; border: none; border-bottom: 1px solid {caution}; }}
QFrame[look="offer"] {{ background: {tint}; border: none; border-bottom: 1px solid {tint_edge}; }}
QFrame[look="rail"] {{ background: {surface}; border: none; border-right: 1px solid {line}; }}
QFrame[look="entry"] {{ background: {surface}; border: none; border-top: 1px solid {line}; }}
QFrame[look="agenda"] {{ background: {paper}; border: none; border-right: 1px solid {line}; }}
QFrame[look="stage"] {{ background: {paper}; border: none; border-right: 1px solid {line}; }}
QFrame[look="sunken"] {{ background: {sunken}; border: none; }}
QFrame[look="drawer"] {{ background: {paper}; border: none; border-left: 2px solid {edge}; }}
QFrame[look="caution-card"] {{ background: {caution_tint}; border: 1px solid {caution}; border-radius: 10px; }}
QFrame[look="field"] {{ background: {surface}; border: 1px solid {edge}; border-radius: 8px; }}
QFrame[look="field"] QLineEdit {{ background: transparent; border: none; padding: 6px 0px; }}
QScrollArea, QScrollArea > QWidget > QWidget {{ background: transparent; border: none; }}
QScrollArea[look="reading"] {{ border: 2px solid transparent; border-radius: 8px; }}
QScrollArea[look="reading"]:focus {{ border-color: {accent}; }}
QToolButton[look="rail"] {{
  background: transparent; color: {ink_2}; border: 1px solid transparent; border-radius: 8px; font-size: 9.75pt;
  padding: 3px 0px;
}}
QToolButton[look="rail"]:checked {{
  background: {tint}; color: {accent}; border-color: {tint_edge}; font-weight: bold;
}}
QToolButton[look="rail"]:hover {{ background: {tint}; }}
QToolButton[look="rail"]:focus {{ border: 2px solid {accent}; padding: 2px 0px; }}
QPushButton[look="state"], QPushButton[look="mark"] {{
  background: transparent; border: 1px solid transparent; border-radius: 6px; padding: 2px;
}}
QPushButton[look="state"]:hover {{ background: {tint}; }}
QPushButton[look="state"]:focus, QPushButton[look="mark"]:focus {{ border: 2px solid {accent}; padding: 1px; }}
QPushButton[look="state"]::menu-indicator, QPushButton[look="mark"]::menu-indicator {{ image: none; width: 0px; }}
QPushButton[look="tight"] {{ padding: 4px; }}
QPushButton[look="tight"]:focus {{ padding: 3px; }}
QPushButton[look="compact"] {{ padding: 5px 10px; font-size: 10.5pt; }}
QPushButton[look="compact"]:focus {{ padding: 4px 9px; }}
QPushButton[look="fix"] {{
  background: {surface}; color: {accent}; border: 2px solid {accent}; border-radius: 8px; padding: 3px 10px;
  font-size: 10.5pt; font-weight: bold;
}}
QPushButton[look="fix"]:focus {{ border: 2px solid {ink}; padding: 3px 10px; }}
QPushButton[look="link"] {{
  background: transparent; color: {accent}; border: 1px solid transparent; border-radius: 4px; padding: 0px 3px;
  font-size: 10.5pt; font-weight: bold; text-decoration: underline;
}}
QPushButton[look="link"]::menu-indicator {{ image: none; width: 0px; }}
QPushButton[look="link"]:focus {{ border: 2px solid {accent}; padding: 0px 2px; }}
QPlainTextEdit[look="line"] {{ background: {paper}; font-size: 12pt; padding: 4px 8px 2px 8px; }}
QPlainTextEdit[look="line"]:focus {{ padding: 3px 7px 1px 7px; }}
QLineEdit, QPlainTextEdit {{ placeholder-text-color: {ink_2}; }}
QLabel[look="strong"] {{ font-weight: bold; }}
QLabel[look="strong-hint"] {{ font-weight: bold; font-size: 10.5pt; }}
QLabel[look="caution-hint"] {{ color: {caution}; font-size: 10.5pt; font-weight: bold; }}
QLabel[look="title"] {{ font-size: 12pt; font-weight: bold; }}
QListView[look="rows"] {{ border: none; background: transparent; padding: 0px; }}
QAbstractItemView[look="framed-rows"] {{
  border: 2px solid transparent; border-radius: 8px; background: transparent; padding: 0px;
}}
QAbstractItemView[look="framed-rows"]:focus {{ border-color: {accent}; }}
QListView[look="offers"] {{
  background: {surface}; color: {ink}; border: 1px solid {accent}; border-radius: 8px; padding: 3px;
}}
QListView[look="offers"]::item {{ padding: 4px 8px; border-radius: 6px; }}
QListView[look="offers"]::item:selected {{ background: {tint}; color: {ink}; }}
QProgressBar {{ background: {sunken}; border: 1px solid {edge}; border-radius: 4px; }}
QProgressBar::chunk {{ background: {accent}; border-radius: 3px; }}
QTabWidget::pane {{ border: none; }}
QTabBar {{ qproperty-drawBase: 0; }}
QTabBar::tab {{
  background: transparent; color: {ink_2}; padding: 8px 16px; border: none; border-bottom: 3px solid transparent;
}}
QTabBar::tab:selected {{ color: {accent}; font-weight: bold; border-bottom: 3px solid {accent}; }}
QTabBar::tab:focus {{ border: 2px solid {accent}; padding: 6px 14px; }}
QMenu {{ background: {surface}; color: {ink}; border: 1px solid {edge}; padding: 4px; }}
QMenu::item {{ padding: 6px 24grid 6px 12px; border: 1px solid transparent; border-radius: 6px; }}
QMenu[look="choices"]::item {{ padding-left: 32grid; }}
QMenu[look="choices"]::indicator {{
  width: 10grid; height: 10grid; left: 10grid; border: 2grid solid {edge}; border-radius: 7grid;
  background: {surface};
}}
QMenu[look="choices"]::indicator:checked {{ width: 6grid; height: 6grid; border: 4grid solid {accent}; }}
QMenu::item:selected {{ background: {tint}; color: {ink}; border-color: {accent}; }}
QMenu::item:disabled {{ color: {ink_2}; }}
QMenu::separator {{ height: 1px; background: {line}; margin: 4px 8px; }}
"""
