//! Checks JSON against a JSON Schema. Only the keywords of our schema are implemented; any other one is an error.

use serde_json::Value;

/// The first place where a value violates the schema, with the reason.
pub(crate) fn check(schema: &Value, value: &Value) -> Result<(), String> {
    Schema { root: schema }.check(schema, value, "$")
}

struct Schema<'s> {
    root: &'s Value,
}

impl Schema<'_> {
    fn check(&self, schema: &Value, value: &Value, place: &str) -> Result<(), String> {
        for (keyword, says) in schema.as_object().expect("a schema is an object") {
            let ok = match keyword.as_str() {
                "$schema" | "$defs" | "title" | "description" => Ok(()),
                "type" => self.expect(is_of_type(says, value), place, "has another type"),
                "const" => self.expect(says == value, place, "is another value"),
                "enum" => self.expect(array(says).contains(value), place, "is none of the values"),
                "minimum" => self.expect(value.is_null() || value.as_i64() >= says.as_i64(), place, "is too small"),
                "required" => self.required(says, value, place),
                "properties" => self.properties(says, value, place),
                "additionalProperties" => self.nothing_else(schema, value, place),
                "items" => self.items(says, value, place),
                "$ref" => self.check(self.definition(says), value, place),
                "oneOf" => self.one_of(says, value, place),
                _ => panic!("the keyword `{keyword}` is not known"),
            };
            ok?;
        }
        Ok(())
    }

    fn expect(&self, ok: bool, place: &str, what: &str) -> Result<(), String> {
        if ok { Ok(()) } else { Err(format!("{place} {what}")) }
    }

    fn required(&self, names: &Value, value: &Value, place: &str) -> Result<(), String> {
        let Some(object) = value.as_object() else { return Ok(()) };
        let missing = array(names).iter().filter_map(Value::as_str).find(|name| !object.contains_key(*name));
        missing.map_or(Ok(()), |name| Err(format!("{place} lacks `{name}`")))
    }

    fn properties(&self, properties: &Value, value: &Value, place: &str) -> Result<(), String> {
        let Some(object) = value.as_object() else { return Ok(()) };
        for (name, member) in object {
            if let Some(schema) = properties.get(name) {
                self.check(schema, member, &format!("{place}.{name}"))?;
            }
        }
        Ok(())
    }

    fn nothing_else(&self, schema: &Value, value: &Value, place: &str) -> Result<(), String> {
        assert_eq!(schema["additionalProperties"], false);
        let Some(object) = value.as_object() else { return Ok(()) };
        let unknown = object.keys().find(|name| schema["properties"].get(name).is_none());
        unknown.map_or(Ok(()), |name| Err(format!("{place} has `{name}`, which the schema does not know")))
    }

    fn items(&self, schema: &Value, value: &Value, place: &str) -> Result<(), String> {
        let mut items = value.as_array().map(Vec::as_slice).unwrap_or_default().iter().enumerate();
        items.try_for_each(|(index, item)| self.check(schema, item, &format!("{place}[{index}]")))
    }

    fn one_of(&self, schemas: &Value, value: &Value, place: &str) -> Result<(), String> {
        let results: Vec<_> = array(schemas).iter().map(|schema| self.check(schema, value, place)).collect();
        match results.iter().filter(|result| result.is_ok()).count() {
            1 => Ok(()),
            // The alternative that matched furthest has the most useful error.
            0 => results.into_iter().max_by_key(|result| result.as_ref().err().map(String::len)).unwrap_or(Ok(())),
            count => Err(format!("{place} fits {count} alternatives")),
        }
    }

    fn definition(&self, reference: &Value) -> &Value {
        let name = reference.as_str().and_then(|text| text.strip_prefix("#/$defs/")).expect("a local reference");
        self.root["$defs"].get(name).unwrap_or_else(|| panic!("`{name}` is not defined"))
    }
}

fn is_of_type(ty: &Value, value: &Value) -> bool {
    if let Value::Array(types) = ty {
        return types.iter().any(|ty| is_of_type(ty, value));
    }
    match ty.as_str().expect("the name of a type") {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_u64() || value.is_i64(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        other => panic!("the type `{other}` is not known"),
    }
}

fn array(value: &Value) -> &[Value] {
    value.as_array().expect("an array")
}
