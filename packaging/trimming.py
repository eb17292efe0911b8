"""What the frozen program leaves out of the libraries it carries; everything here was tried without.

Surprising: Qt without its translations still speaks German in our own words, but not in its own dialogs; so
the German file of Qt stays.
"""

import re

LEFT_OUT = re.compile(
    r"""
    PySide6/Qt/translations/(?!qtbase_(?:de|en)\.qm$)
    | PySide6/Qt/qml/
    | PySide6/Qt/plugins/platforms/libq(?:eglfs|linuxfb|vnc|vkkhrdisplay|minimal|minimalegl)\.so
    | PySide6/Qt/plugins/(?:egldeviceintegrations|generic|networkinformation|qmltooling|scenegraph|sqldrivers)
    | PySide6/Qt/plugins/platforminputcontexts/libqtvirtualkeyboard
    | PySide6/Qt/plugins/platformthemes/libqgtk3
    | PySide6/Qt/plugins/imageformats/libq(?:tiff|tga|wbmp|icns|pdf)\.so
    | (?:PySide6/Qt/lib/)?libQt6(?:VirtualKeyboard|Qml|Quick|EglF[sS]|Pdf)\w*\.so
    | lib(?:gtk-3|gdk-3|gdk_pixbuf-2\.0|atk-1\.0|atk-bridge-2\.0|atspi|cairo|cairo-gobject)[-.]
    | lib(?:pango|pangocairo|pangoft2|epoxy|tiff|jbig|LerC|deflate)[-.]
    | babel/locale-data/(?!(?:root|de|en)(?:_\w+)?\.dat$)
    | (?:.*/)?tests?/
    | .*\.pyi$
    """,
    re.VERBOSE,
)


def is_wanted(name: str) -> bool:
    """Does the file of this name, relative to the folder of libraries, go into the frozen program?"""
    return LEFT_OUT.match(name.replace("\\", "/")) is None
