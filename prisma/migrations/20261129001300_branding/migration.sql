-- How an app's connect screens look, and which page may be told what came of a link that it opened as a popup.
ALTER TABLE connect_sessions ADD COLUMN opener_origin TEXT;

CREATE TABLE brands (
  id UUID NOT NULL,
  tenant_id UUID NOT NULL,
  app_id UUID NOT NULL,
  name TEXT NOT NULL,
  accent TEXT,
  support TEXT,
  logo BYTEA,
  logo_type TEXT,
  logo_width INTEGER,
  logo_height INTEGER,
  updated_at TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT brands_pkey PRIMARY KEY (id),
  CONSTRAINT brands_app_fkey FOREIGN KEY (app_id, tenant_id) REFERENCES apps (id, tenant_id) ON DELETE CASCADE,
  -- It becomes part of a style sheet.
  CONSTRAINT brands_accent_check CHECK (accent ~ '^#[0-9a-f]{6}$'),
  -- It becomes the content type under which strangers' bytes are sent.
  CONSTRAINT brands_logo_check CHECK (
    (logo IS NULL AND logo_type IS NULL AND logo_width IS NULL AND logo_height IS NULL)
    OR (octet_length(logo) <= 65536 AND logo_type IN ('image/png', 'image/jpeg', 'image/webp') AND logo_width > 0 AND logo_height > 0)
  )
);
CREATE UNIQUE INDEX brands_app_id_key ON brands (app_id);
CREATE INDEX brands_tenant_id_idx ON brands (tenant_id);

ALTER TABLE brands ENABLE ROW LEVEL SECURITY;
ALTER TABLE brands FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON brands USING (tenant_id = shopspan_current_tenant()) WITH CHECK (tenant_id = shopspan_current_tenant());
GRANT SELECT, INSERT, UPDATE, DELETE ON brands TO shopspan_app, shopspan_worker;
