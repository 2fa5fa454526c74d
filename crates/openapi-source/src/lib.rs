//! Reads an OpenAPI document from YAML or JSON and finds the line and column of any JSON pointer.
