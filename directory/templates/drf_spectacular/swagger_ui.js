"use strict";

const settings = {{ settings|safe }};

SwaggerUIBundle({
  ...settings,
  url: "{{ schema_url|escapejs }}",
  dom_id: "#swagger-ui",
  presets: [SwaggerUIBundle.presets.apis],
});
