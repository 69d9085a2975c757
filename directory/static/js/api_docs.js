// The page to try the API on.
"use strict";

SwaggerUIBundle({
  url: document.querySelector("#swagger-ui").dataset.schema,
  dom_id: "#swagger-ui",
  deepLinking: true,
  presets: [SwaggerUIBundle.presets.apis],
});
