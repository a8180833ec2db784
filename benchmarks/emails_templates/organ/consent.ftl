<p>Dear ${patient.name},</p><p>Please sign the consent form for your knee surgery on ${surgery.date}.</p>
